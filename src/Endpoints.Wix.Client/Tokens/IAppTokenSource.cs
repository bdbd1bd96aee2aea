using Endpoints.Wix.Errors;

namespace Endpoints.Wix.Tokens;

/// <summary>Where the app's own tokens come from, one call for each that is needed.</summary>
internal interface IAppTokenSource
{
    /// <summary>A token that has not expired.</summary>
    /// <param name="key">Which.</param>
    /// <param name="refused">One that Wix has just refused, and that must not come again; null for none.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="TokenRefusedException">Wix does not accept the app's credentials, or the app has no such instance.</exception>
    /// <exception cref="WixUnavailableException">There was no usable answer.</exception>
    Task<IssuedToken> IssueAsync(TokenKey key, AccessToken? refused, CancellationToken ct);
}
