namespace Endpoints.Wix;

/// <summary>Specifies which token an <see cref="IWixTokenSource"/> must return.</summary>
public sealed class WixTokenRequest
{
    internal WixTokenRequest(string clientId, string? instanceId, AccessToken? refused) =>
        (ClientId, InstanceId, Refused) = (clientId, instanceId, refused);

    /// <summary>Gets the app's client id.</summary>
    public string ClientId { get; }

    /// <summary>Gets the app's instance; <see langword="null"/> for the site of the app's headless project.</summary>
    public string? InstanceId { get; }

    /// <summary>
    /// Gets the token that Wix has just refused, which must not be returned again; <see langword="null"/> if there is none.
    /// </summary>
    public AccessToken? Refused { get; }
}
