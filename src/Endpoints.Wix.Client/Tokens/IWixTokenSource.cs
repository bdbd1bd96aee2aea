namespace Endpoints.Wix;

/// <summary>
/// Provides the app's own tokens. Register an implementation to get them from elsewhere than Wix's token endpoint, or decorate the existing
/// one.
/// </summary>
/// <remarks>
/// <para>
/// A token is cached and shared until shortly before it expires, and requests that need the same token wait for one call, so a source need
/// not cache. Calls for different instances may run at the same time.
/// </para>
/// <para>
/// No call is made without a token. A source counts as giving none if it throws, if it returns <see langword="null"/>, a token that has
/// expired or that Wix has just refused, or a token that is valid for longer than a year, or if it returns nothing within
/// <see cref="WixResilienceOptions.TokenTimeout"/>. The call is then not made, and a request that waits for it is answered 503. In a web
/// application, Wix is asked about each token from a source other than the default. A token that is not the app's, or not for the requested
/// instance, is not used.
/// </para>
/// </remarks>
public interface IWixTokenSource
{
    /// <summary>Returns a token.</summary>
    /// <param name="request">The description of the token that is needed.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A token that has not expired.</returns>
    /// <exception cref="WixApiException">The app's credentials are not accepted, or the app has no such instance.</exception>
    /// <exception cref="WixUnavailableException">There is no token for now.</exception>
    ValueTask<WixToken> GetTokenAsync(WixTokenRequest request, CancellationToken cancellationToken);
}
