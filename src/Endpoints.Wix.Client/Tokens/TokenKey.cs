namespace Endpoints.Wix.Tokens;

/// <summary>
/// Contains everything that determines which token a call needs. It is the cache key of tokens, so that none is used in place of another.
/// </summary>
/// <param name="ClientId">The app.</param>
/// <param name="InstanceId">The app's instance; <see langword="null"/> for the site of its headless project.</param>
/// <param name="Identity">The identity as which the token acts, by the name of the grant that issues it.</param>
/// <param name="Scope">
/// The requested scope; <see langword="null"/> for all of the identity's permissions, which is what Wix grants to apps.
/// </param>
internal readonly record struct TokenKey(string ClientId, string? InstanceId, string Identity, string? Scope)
{
    public const string ClientCredentials = "client_credentials";

    public static TokenKey ForApp(string clientId, string? instanceId) => new(clientId, instanceId, ClientCredentials, Scope: null);
}
