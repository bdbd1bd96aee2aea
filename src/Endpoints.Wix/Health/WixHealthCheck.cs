using Endpoints.Wix.Apps;
using Endpoints.Wix.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Endpoints.Wix.Health;

/// <summary>
/// Checks whether Wix has been answering, and whether this machine's clock agrees with Wix's. It relies on the application's own calls and
/// makes none.
/// </summary>
internal sealed class WixHealthCheck(PerApp<WixResilience> resilience, PerApp<WixClock> clocks) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        // The clock that is furthest off: they are all this machine's.
        var clock = clocks.All.MaxBy(static clock => clock.Ahead.Duration())!;
        var data = new Dictionary<string, object> { ["clockAheadSeconds"] = Math.Round(clock.Ahead.TotalSeconds) };
        var down = string.Join(", ", resilience.Apps.All.SelectMany(
            app => resilience.Of(app).Down.Select(part => app.Name.IsDefault ? $"{part}" : $"{part} for the app {app.Name}")));
        return Task.FromResult(
            down.Length > 0 ? new HealthCheckResult(context.Registration.FailureStatus, $"Wix is not responding: {down}.", data: data)
            : clock.IsOff ? HealthCheckResult.Degraded("This machine's clock is not Wix's: synchronize its time.", data: data)
            : HealthCheckResult.Healthy(data: data));
    }
}
