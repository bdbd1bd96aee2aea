using Endpoints.Wix.Tokens;
using Endpoints.Wix.Values;

namespace Endpoints.Wix.Sessions;

/// <summary>Represents a visitor's or a member's session: the tokens, and what its cookie states about them.</summary>
internal sealed record Session
{
    /// <summary>
    /// Gets the id of the session from login or first visit until it ends, whatever tokens it has; <see langword="null"/> if the cookie has
    /// no room for it.
    /// </summary>
    public string? Id { get; init; }

    public AccessToken? Access { get; init; }

    /// <summary>Gets the time at which the access token was issued; <see langword="null"/> if the cookie does not state it.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>Gets the time at which the access token expires, by the clock of the cookie's writer. It is only a hint.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    public AccessToken? Refresh { get; init; }

    /// <summary>
    /// Gets a value that indicates whether the cookie claims to be a member's. It is never trusted; it only determines how the end of a
    /// session is answered.
    /// </summary>
    public bool SaysMember { get; init; }

    /// <summary>Gets a value that indicates whether the session has begun in this request, and is in no store yet.</summary>
    public bool IsNew { get; private init; }

    /// <summary>Creates a session that begins now, under a new id.</summary>
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

    /// <summary>Returns the same session with new tokens. Wix may or may not have issued another refresh token.</summary>
    public Session Renewed(IssuedToken issued) => this with
    {
        Access = issued.Token,
        IssuedAt = issued.IssuedAt,
        ExpiresAt = issued.ExpiresAt,
        Refresh = issued.RefreshToken ?? Refresh,
    };

    /// <summary>
    /// Returns the time at which the access token should be renewed: the given time before its expiry, or at half its lifetime if that is
    /// later.
    /// </summary>
    public DateTimeOffset RenewAt(TimeSpan before)
    {
        if (IssuedAt is { } issuedAt && (ExpiresAt - issuedAt) / 2 is var half && half < before)
            before = half;
        return ExpiresAt - DateTimeOffset.MinValue > before ? ExpiresAt - before : DateTimeOffset.MinValue;
    }
}
