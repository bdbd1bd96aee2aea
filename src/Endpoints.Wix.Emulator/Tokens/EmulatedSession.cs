namespace Endpoints.Wix.Emulator;

/// <summary>The tokens of a visitor or a member. Printing it shows neither.</summary>
public sealed class EmulatedSession
{
    internal EmulatedSession(string accessToken, string refreshToken, DateTimeOffset expiresAt)
    {
        AccessToken = accessToken;
        RefreshToken = refreshToken;
        ExpiresAt = expiresAt;
    }

    /// <summary>The access token, for the <c>Authorization</c> header as it stands.</summary>
    public string AccessToken { get; }

    /// <summary>The refresh token.</summary>
    public string RefreshToken { get; }

    /// <summary>When the access token expires.</summary>
    public DateTimeOffset ExpiresAt { get; }
}
