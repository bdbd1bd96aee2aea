using Endpoints.Wix.Errors;
using Endpoints.Wix.Memory;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Tokens;

/// <summary>Keeps the app's own tokens, one per instance, and renews each shortly before it expires.</summary>
/// <remarks>
/// Thread-safe. Requests that need the same new token share one call, and each can stop waiting without stopping the others. When a renewal
/// fails, the kept token serves until it expires, and the next try comes after a short while. An expired token is never handed out. Keys
/// differ by instances that Wix's token-info or the configuration named; there are at most <see cref="Capacity"/> of them.
/// </remarks>
internal sealed class AppTokens(IAppTokenSource source, IOptions<WixClientOptions> options, TimeProvider time)
{
    public const int Capacity = 10_000;

    private static readonly TimeSpan RetryRenewalAfter = TimeSpan.FromSeconds(5);

    // A renewal mostly takes less; if it does not, nobody needs to wait for it.
    private static readonly TimeSpan PatienceWhileGood = TimeSpan.FromSeconds(1);

    // A token that is refused right after it replaced a refused one is not the trouble; minting more would not help.
    private static readonly TimeSpan TrustAfterRejection = TimeSpan.FromSeconds(30);

    private readonly string _clientId = options.Value.ClientId ?? "";
    private readonly RenewalMargin _margin = new(options.Value.RenewBefore);
    private readonly BoundedCache<TokenKey, Kept> _kept = new(Capacity);
    private readonly BoundedCache<TokenKey, Rejection> _rejections = new(Capacity);
    private readonly SingleFlight<TokenKey, Kept> _renewals = new();

    /// <summary>Returns a token for the instance: one with more than the margin left, or else the best that is available.</summary>
    /// <param name="instanceId">The instance; <see langword="null"/> for the site of the app's headless project.</param>
    /// <param name="ct">The token to monitor for cancellation requests. It stops only this caller's wait.</param>
    /// <exception cref="TokenRefusedException">Wix does not accept the app's credentials, or the app has no such instance.</exception>
    /// <exception cref="WixUnavailableException">No kept token is still valid, and there was no usable answer.</exception>
    public ValueTask<AccessToken> GetAsync(string? instanceId, CancellationToken ct)
    {
        var key = TokenKey.ForApp(_clientId, instanceId);
        return _kept.TryGet(key, out var kept) && time.GetUtcNow() < kept.RenewAt ? new(kept.Issued.Token) : new(RenewAsync(key, ct));
    }

    /// <summary>Forgets a token that Wix has just refused, unless it has been replaced already.</summary>
    /// <returns><see langword="true"/> if asking again may give a better token; otherwise, <see langword="false"/>.</returns>
    public bool Reject(string? instanceId, AccessToken token)
    {
        var key = TokenKey.ForApp(_clientId, instanceId);
        if (!_kept.TryGet(key, out var kept) || !kept.Issued.Token.Equals(token))
            return true;
        var now = time.GetUtcNow();
        if (kept.ReplacesRejected && now < kept.Issued.IssuedAt + TrustAfterRejection)
            return false;

        _rejections.Set(key, new(token, now));
        _kept.Remove(key, kept);
        return true;
    }

    /// <summary>Forgets the token for an instance from which the app has been removed. The next call asks Wix, which has none.</summary>
    public void Forget(string instanceId)
    {
        var key = TokenKey.ForApp(_clientId, instanceId);
        if (!_kept.TryGet(key, out var kept))
            return;
        _rejections.Set(key, new(kept.Issued.Token, time.GetUtcNow())); // so that no other cache brings it back
        _kept.Remove(key, kept);
    }

    private async Task<AccessToken> RenewAsync(TokenKey key, CancellationToken ct)
    {
        var renewal = _renewals.RunAsync(key, (This: this, Key: key), static state => state.This.RenewAsync(state.Key), ct);
        if (!_kept.TryGet(key, out var kept) || kept.Issued.ExpiresAt <= time.GetUtcNow())
            return (await renewal.ConfigureAwait(false)).Issued.Token;
        try
        {
            return (await renewal.WaitAsync(PatienceWhileGood, TimeProvider.System, ct).ConfigureAwait(false)).Issued.Token;
        }
        catch (TimeoutException)
        {
            return kept.Issued.Token;
        }
    }

    private async Task<Kept> RenewAsync(TokenKey key)
    {
        // Another renewal may have ended between this caller's look and its flight.
        if (_kept.TryGet(key, out var kept) && time.GetUtcNow() < kept.RenewAt)
            return kept;
        var rejection = _rejections.TryGet(key, out var latest) && time.GetUtcNow() < latest.At + TrustAfterRejection ? latest : null;
        try
        {
            var issued = await source.IssueAsync(key, rejection?.Token, CancellationToken.None).ConfigureAwait(false);
            if (issued.ExpiresAt <= time.GetUtcNow())
                throw new WixUnavailableException("Wix issued a token that had already expired when it arrived.");
            var renewed = new Kept(issued, _margin.Draw(issued), ReplacesRejected: rejection is not null);
            _kept.Set(key, renewed);
            return renewed;
        }
        catch (Exception e) when (e is TokenRefusedException or WixUnavailableException)
        {
            var now = time.GetUtcNow();
            if (kept is null || kept.Issued.ExpiresAt <= now)
                throw;
            var next = now + RetryRenewalAfter;
            var bridged = new Kept(kept.Issued, next < kept.Issued.ExpiresAt ? next : kept.Issued.ExpiresAt, kept.ReplacesRejected);
            _kept.Set(key, bridged);
            return bridged;
        }
    }

    private sealed record Kept(IssuedToken Issued, DateTimeOffset RenewAt, bool ReplacesRejected);

    private sealed record Rejection(AccessToken Token, DateTimeOffset At);
}
