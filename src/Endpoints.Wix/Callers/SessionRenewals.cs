using Endpoints.Wix.Tokens;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Identification;

/// <summary>Renews sessions whose access token has expired, once however many requests carry it.</summary>
/// <remarks>
/// Thread-safe. What a refresh token gave is kept in memory until it expires, for the requests that still carry the old cookie. Keys are the
/// digests of refresh tokens; anyone can present those, so refused ones are remembered apart, for a short while, and both are bounded.
/// </remarks>
internal sealed class SessionRenewals(TokenEndpoint endpoint, IOptions<WixOptions> options, TimeProvider time)
{
    private const int Capacity = 10_000;

    private readonly BoundedCache<TokenDigest, IssuedToken> _renewed = new(Capacity);
    private readonly BoundedCache<TokenDigest, Refused> _refused = new(Capacity);
    private readonly TimeSpan _refusedFor = options.Value.RefusedTokenCacheDuration;
    private readonly SingleFlight<TokenDigest, IssuedToken> _flights = new();

    /// <summary>The session's next access token.</summary>
    /// <param name="refreshToken">The session's refresh token.</param>
    /// <param name="ct">Stops this caller's wait only.</param>
    /// <exception cref="TokenRefusedException">Wix does not accept the refresh token.</exception>
    /// <exception cref="WixUnavailableException">There was no usable answer.</exception>
    public ValueTask<IssuedToken> RenewAsync(AccessToken refreshToken, CancellationToken ct)
    {
        var digest = TokenDigest.Of(refreshToken);
        return TryKept(digest) is { } kept
            ? new(kept)
            : new(_flights.RunAsync(digest, (This: this, Digest: digest, Token: refreshToken), static state => state.This.RefreshAsync(state.Digest, state.Token), ct));
    }

    /// <summary>Forgets what a refresh token gave, because Wix does not accept it.</summary>
    public void Forget(AccessToken refreshToken, IssuedToken issued) => _renewed.Remove(TokenDigest.Of(refreshToken), issued);

    private IssuedToken? TryKept(TokenDigest digest) =>
        _renewed.TryGet(digest, out var kept) && time.GetUtcNow() < kept.ExpiresAt ? kept : null;

    private async Task<IssuedToken> RefreshAsync(TokenDigest digest, AccessToken refreshToken)
    {
        if (TryKept(digest) is { } kept)
            return kept;
        if (_refused.TryGet(digest, out var refused) && time.GetUtcNow() < refused.Until)
            throw new TokenRefusedException(refused.Status);
        try
        {
            var issued = await endpoint.RefreshAsync(refreshToken, CancellationToken.None).ConfigureAwait(false);
            _renewed.Set(digest, issued);
            return issued;
        }
        catch (TokenRefusedException e)
        {
            _refused.Set(digest, new(time.GetUtcNow() + _refusedFor, e.Status));
            throw;
        }
    }

    private sealed record Refused(DateTimeOffset Until, int Status);
}
