namespace Endpoints.Wix.Emulator;

/// <summary>Represents the tokens of a visitor or a member. Printing the object shows neither token.</summary>
public sealed class EmulatedSession
{
    internal EmulatedSession(string accessToken, string refreshToken, DateTimeOffset expiresAt)
    {
        AccessToken = accessToken;
        RefreshToken = refreshToken;
        ExpiresAt = expiresAt;
    }

    /// <summary>Gets the access token, to send unchanged in the <c>Authorization</c> header.</summary>
    public string AccessToken { get; }

    /// <summary>Gets the refresh token.</summary>
    public string RefreshToken { get; }

    /// <summary>Gets the time at which the access token expires.</summary>
    public DateTimeOffset ExpiresAt { get; }
}
