using System.Globalization;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Tokens;

/// <summary>Issues, validates and revokes tokens.</summary>
/// <remarks>
/// Tokens contain their own facts, so issuing them requires no state. Only revoked and spent tokens are remembered, the last 100,000 of
/// each, which is enough for a test platform.
/// </remarks>
internal sealed class TokenIssuer(TokenCodec codec, WixEmulatorOptions options)
{
    private const int Remembered = 100_000;

    /// <summary>The lifetime of refresh tokens, of which Wix says only that it is long.</summary>
    private static readonly TimeSpan RefreshLifetime = TimeSpan.FromDays(365);

    private readonly RecentSet _revoked = new(Remembered);
    private readonly RecentSet _spent = new(Remembered);
    private readonly long[] _revokedBefore = new long[Enum.GetValues<EmulatedIdentityKind>().Length];
    private long _serial;

    public TimeSpan AccessLifetime => options.AccessTokenLifetime;

    public string IssueAccess(TokenSubject subject, bool bound = false) =>
        Issue(TokenUse.Access, subject, options.TimeProvider.GetUtcNow(), options.AccessTokenLifetime, active: true, bound);

    public string IssueRefresh(TokenSubject subject) =>
        Issue(TokenUse.Refresh, subject, options.TimeProvider.GetUtcNow(), RefreshLifetime, active: true, bound: false);

    public string Issue(TokenUse use, TokenSubject subject, DateTimeOffset issuedAt, TimeSpan lifetime, bool active, bool bound)
    {
        var iat = issuedAt.ToUnixTimeSeconds();
        return codec.Write(new(
            Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture),
            use,
            subject.Kind,
            subject.Id,
            subject.ClientId,
            subject.AccountId,
            subject.SiteId,
            subject.InstanceId,
            iat,
            iat + (long)lifetime.TotalSeconds,
            active,
            bound,
            Interlocked.Increment(ref _serial)));
    }

    public TokenStatus Check(string? token, TokenUse use, out TokenFacts? facts)
    {
        facts = codec.Read(token, use);
        if (facts is null)
            return TokenStatus.Unknown;
        if (!facts.Active)
            return TokenStatus.Inactive;
        if (facts.Serial <= Volatile.Read(ref _revokedBefore[(int)facts.Kind]) || _revoked.Contains(facts.Id) || _spent.Contains(facts.Id))
            return TokenStatus.Revoked;
        var now = options.TimeProvider.GetUtcNow().ToUnixTimeSeconds();
        if (facts.ExpiresAt <= now)
            return TokenStatus.Expired;
        return facts.IssuedAt > now ? TokenStatus.NotYetValid : TokenStatus.Good;
    }

    /// <summary>
    /// Spends a refresh or session token. Returns <see langword="false"/> if it was spent before, even under concurrent use.
    /// </summary>
    public bool TrySpend(TokenFacts facts) => _spent.Add(facts.Id);

    public bool Revoke(string token)
    {
        var facts = codec.Read(token, TokenUse.Access) ?? codec.Read(token, TokenUse.Refresh) ?? codec.Read(token, TokenUse.Session);
        if (facts is null)
            return false;
        _revoked.Add(facts.Id);
        return true;
    }

    public void RevokeAll(EmulatedIdentityKind kind) => Volatile.Write(ref _revokedBefore[(int)kind], Volatile.Read(ref _serial));
}
