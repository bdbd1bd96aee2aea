namespace Endpoints.Wix.Tokens;

/// <summary>Represents a token as Wix issued it.</summary>
/// <param name="Token">The access token.</param>
/// <param name="IssuedAt">The time at which it was requested, by this machine's clock.</param>
/// <param name="ExpiresAt">The time at which it expires, by this machine's clock.</param>
/// <param name="RefreshToken">The refresh token that came with it, if any.</param>
internal sealed record IssuedToken(AccessToken Token, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, AccessToken? RefreshToken);
