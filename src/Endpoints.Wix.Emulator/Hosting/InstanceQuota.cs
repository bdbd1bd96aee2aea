using System.Globalization;
using Endpoints.Wix.Emulator.Answers;

namespace Endpoints.Wix.Emulator.Hosting;

/// <summary>
/// Counts the calls of each app instance per clock minute. Instances are created by the emulator only, so their number is limited.
/// </summary>
internal sealed class InstanceQuota(WixEmulatorOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Minute, int Count)> _windows = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ApiException">The instance has exceeded its quota: 429.</exception>
    public void Count(EmulatedCaller? caller)
    {
        if (options.RequestsPerMinute is not { } limit || caller?.InstanceId is not { } instance)
            return;
        var now = options.TimeProvider.GetUtcNow().ToUnixTimeSeconds();
        var minute = now / 60;
        lock (_gate)
        {
            var window = _windows.GetValueOrDefault(instance);
            if (window.Minute != minute)
                window = (minute, 0);
            if (window.Count < limit)
            {
                _windows[instance] = (minute, window.Count + 1);
                return;
            }
        }

        throw new ApiException(Answer.Error(429, "TOO_MANY_REQUESTS", $"The app instance has made its {limit} calls of this minute.")
            .With("Retry-After", (60 - (now % 60)).ToString(CultureInfo.InvariantCulture)));
    }
}
