using Endpoints.Wix.Tokens;
using Endpoints.Wix.Values;

namespace Endpoints.Wix.Sessions;

/// <summary>A visitor's or a member's session: the tokens, and what its cookie says of them.</summary>
internal sealed record Session
{
    /// <summary>Names the session from login or first visit until it ends, whatever tokens it has; null where the cookie has no room for it.</summary>
    public string? Id { get; init; }

    public AccessToken? Access { get; init; }

    /// <summary>When the access token was issued; null where the cookie does not say.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>When the access token expires, by the clock of whoever wrote the cookie: a hint.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    public AccessToken? Refresh { get; init; }

    /// <summary>Whether the cookie says that it is a member's. Never believed; it decides only how the end of a session is answered.</summary>
    public bool SaysMember { get; init; }

    /// <summary>Whether it has begun in this request, and is in no store yet.</summary>
    public bool IsNew { get; private init; }

    /// <summary>A session that begins now, under a new id.</summary>
    public static Session Begin(IssuedToken issued, bool isMember) => new()
    {
        Id = RandomSecret.New(),
        IsNew = true,
        Access = issued.Token,
        IssuedAt = issued.IssuedAt,
        ExpiresAt = issued.ExpiresAt,
        Refresh = issued.RefreshToken,
        SaysMember = isMember,
    };

    /// <summary>The same session with new tokens. Wix may or may not have issued another refresh token.</summary>
    public Session Renewed(IssuedToken issued) => this with
    {
        Access = issued.Token,
        IssuedAt = issued.IssuedAt,
        ExpiresAt = issued.ExpiresAt,
        Refresh = issued.RefreshToken ?? Refresh,
    };

    /// <summary>When the access token should be renewed: so long before its expiry, or at half its life if that is later.</summary>
    public DateTimeOffset RenewAt(TimeSpan before)
    {
        if (IssuedAt is { } issuedAt && (ExpiresAt - issuedAt) / 2 is var half && half < before)
            before = half;
        return ExpiresAt - DateTimeOffset.MinValue > before ? ExpiresAt - before : DateTimeOffset.MinValue;
    }
}
