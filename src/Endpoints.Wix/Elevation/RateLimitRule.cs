using System.Globalization;

namespace Endpoints.Wix.Elevation;

/// <summary>A limit such as <c>30/1m</c>.</summary>
internal sealed record RateLimitRule(int Permits, TimeSpan Window)
{
    private static readonly TimeSpan MaxWindow = TimeSpan.FromDays(31);

    /// <summary>Reads a limit; null when it is not one.</summary>
    public static RateLimitRule? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 1 || slash > text.Length - 3
            || !int.TryParse(text.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var permits) || permits < 1
            || !int.TryParse(text.AsSpan(slash + 1, text.Length - slash - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
        {
            return null;
        }

        var seconds = text[^1] switch { 's' => 1L, 'm' => 60, 'h' => 60 * 60, 'd' => 24 * 60 * 60, _ => 0 } * count;
        return seconds > 0 && seconds <= (long)MaxWindow.TotalSeconds ? new(permits, TimeSpan.FromSeconds(seconds)) : null;
    }
}
