using System.Security.Cryptography;

namespace Endpoints.Wix.Inboxes;

/// <summary>Calculates the pause before a failed message is tried again.</summary>
internal static class RetryPause
{
    /// <summary>Returns the pause after an attempt: twice as long each time, up to a limit, and a fifth more or less at random.</summary>
    /// <param name="attempt">The number of the attempt that failed, from 1.</param>
    /// <param name="options">The settings.</param>
    public static TimeSpan After(int attempt, WixInboxOptions options)
    {
        var pause = Math.Min(options.MaxRetryDelay.TotalMilliseconds,
            options.RetryDelay.TotalMilliseconds * Math.Pow(2, Math.Clamp(attempt - 1, 0, 60)));
        return TimeSpan.FromMilliseconds(pause * (0.8 + (RandomNumberGenerator.GetInt32(0, 4_001) / 10_000.0)));
    }
}
