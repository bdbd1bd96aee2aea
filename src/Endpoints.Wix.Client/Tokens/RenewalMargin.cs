using Endpoints.Wix.Values;

namespace Endpoints.Wix.Tokens;

/// <summary>
/// Determines the time of a token's renewal: a random moment in the last part of its lifetime, so that nodes and instances don't all ask
/// Wix at once.
/// </summary>
/// <param name="longest">The maximum length of the last part of a token's lifetime.</param>
internal sealed class RenewalMargin(TimeSpan longest)
{
    // The rest of the margin is for the renewal itself, and for trying again.
    private const double DrawnFrom = 0.2;

    /// <summary>
    /// Returns the time at which the last part of a token's lifetime begins: the margin before its expiry, but never before half its
    /// lifetime.
    /// </summary>
    public DateTimeOffset Begins(IssuedToken issued) => issued.ExpiresAt - Of(issued);

    /// <summary>Returns a random moment in the first fifth of the last part.</summary>
    public DateTimeOffset Draw(IssuedToken issued) => Begins(issued) + (Of(issued) * DrawnFrom * Jitter.Next());

    private TimeSpan Of(IssuedToken issued)
    {
        var half = (issued.ExpiresAt - issued.IssuedAt) / 2;
        return longest < half ? longest : half;
    }
}
