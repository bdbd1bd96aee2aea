namespace Endpoints.Wix;

/// <summary>Represents what an <see cref="IWixTokenInfoSource"/> says of a token.</summary>
public sealed class WixTokenInfo
{
    /// <summary>Gets the kind of caller: exactly one.</summary>
    public required Callers Kind { get; init; }

    /// <summary>Gets the visitor's, member's, user's or app's id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the client id that the token was issued for. A token of another app is not accepted.</summary>
    public required string ClientId { get; init; }

    /// <summary>Gets when the token expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Gets when the token was issued; <see langword="null"/> if that is not known.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>Gets the site that the token is for; <see langword="null"/> if it names none.</summary>
    public string? SiteId { get; init; }

    /// <summary>
    /// Gets the app's instance on the caller's site, for which elevation acts; <see langword="null"/> if the token names none.
    /// </summary>
    public string? InstanceId { get; init; }
}
