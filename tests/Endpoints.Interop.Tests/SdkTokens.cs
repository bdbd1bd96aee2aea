using Endpoints.Wix.Emulator;

namespace Endpoints.Interop.Tests;

/// <summary>Tokens as the packages keep them.</summary>
internal sealed record SdkTokens(SdkAccessToken AccessToken, SdkRefreshToken RefreshToken)
{
    public static SdkTokens Of(EmulatedSession session, string role) =>
        new(new(session.AccessToken, session.ExpiresAt.ToUnixTimeSeconds()), new(session.RefreshToken, role));

    /// <summary>The same tokens, the access token of which the packages take for expired.</summary>
    public SdkTokens Expired() => this with { AccessToken = AccessToken with { ExpiresAt = 1 } };
}

internal sealed record SdkAccessToken(string Value, long ExpiresAt);

internal sealed record SdkRefreshToken(string Value, string Role);
