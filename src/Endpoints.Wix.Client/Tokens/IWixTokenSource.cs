namespace Endpoints.Wix;

/// <summary>
/// Provides the app's own tokens. Register an implementation to get them from elsewhere than Wix's token endpoint, or decorate the existing
/// one.
/// </summary>
/// <remarks>
/// <para>
/// A token is kept and shared until shortly before it expires, and requests that need the same one wait for one call: a source keeps nothing. Calls may
/// run at the same time, for different instances.
/// </para>
/// <para>
/// Nothing is called without a token. A source that returns <see langword="null"/>, a token that has expired or that Wix has just refused, one that is valid
/// for longer than a year, or nothing within <see cref="WixResilienceOptions.TokenTimeout"/>, or that throws, is one that gave none: the call is not made, and
/// a request that waits for it is answered 503. In a web application, Wix is asked about each token that another source than the default gives. One
/// that is not the app's, or not for the instance that was asked for, is not used.
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
