namespace Endpoints.Wix.Tokens;

/// <summary>A token as Wix issued it.</summary>
/// <param name="Token">The access token.</param>
/// <param name="IssuedAt">When it was asked for, by our clock.</param>
/// <param name="ExpiresAt">When it expires, by our clock.</param>
/// <param name="RefreshToken">The refresh token that came with it, if any.</param>
internal sealed record IssuedToken(AccessToken Token, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, AccessToken? RefreshToken);
