using Endpoints.Wix.Values;

namespace Endpoints.Wix.Tokens;

/// <summary>When tokens are renewed: in the last part of their life, at a moment drawn by chance, so that nodes and instances don't ask Wix all at once.</summary>
/// <param name="longest">How long before a token's end its last part begins at the most.</param>
internal sealed class RenewalMargin(TimeSpan longest)
{
    // The rest of the margin is for the renewal itself, and for trying again.
    private const double DrawnFrom = 0.2;

    /// <summary>When the last part of a token's life begins: so long before its end, and never before half its life.</summary>
    public DateTimeOffset Begins(IssuedToken issued) => issued.ExpiresAt - Of(issued);

    /// <summary>A moment in the first fifth of the last part.</summary>
    public DateTimeOffset Draw(IssuedToken issued) => Begins(issued) + (Of(issued) * DrawnFrom * Jitter.Next());

    private TimeSpan Of(IssuedToken issued)
    {
        var half = (issued.ExpiresAt - issued.IssuedAt) / 2;
        return longest < half ? longest : half;
    }
}
