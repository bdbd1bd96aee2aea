using Endpoints.Wix.Errors;

namespace Endpoints.Wix.Tokens;

/// <summary>Provides the app's own tokens, with one call for each that is needed.</summary>
internal interface IAppTokenSource
{
    /// <summary>Returns a token that has not expired.</summary>
    /// <param name="key">The key of the token.</param>
    /// <param name="refused">
    /// A token that Wix has just refused, and that must not be returned again; <see langword="null"/> for none.
    /// </param>
    /// <param name="ct">The token to monitor for cancellation requests.</param>
    /// <exception cref="TokenRefusedException">Wix does not accept the app's credentials, or the app has no such instance.</exception>
    /// <exception cref="WixUnavailableException">There was no usable answer.</exception>
    Task<IssuedToken> IssueAsync(TokenKey key, AccessToken? refused, CancellationToken ct);
}
