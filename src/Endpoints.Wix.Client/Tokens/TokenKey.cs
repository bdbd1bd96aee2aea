namespace Endpoints.Wix.Tokens;

/// <summary>Everything that decides which token a call needs. Tokens are cached by all of it, so that none serves where another belongs.</summary>
/// <param name="ClientId">The app.</param>
/// <param name="InstanceId">The app's instance; null for the site of its headless project.</param>
/// <param name="Identity">As whom the token acts, by the name of the grant that gives it.</param>
/// <param name="Scope">The scope that was asked for; null for all of the identity's permissions, which is what Wix gives apps.</param>
internal readonly record struct TokenKey(string ClientId, string? InstanceId, string Identity, string? Scope)
{
    public const string ClientCredentials = "client_credentials";

    public static TokenKey ForApp(string clientId, string? instanceId) => new(clientId, instanceId, ClientCredentials, Scope: null);
}
