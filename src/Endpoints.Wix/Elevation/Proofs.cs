using System.Security.Claims;
using Endpoints.Origins;
using Endpoints.Wix.Identification;
using Endpoints.Wix.Origins;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace Endpoints.Wix.Elevation;

/// <summary>Determines the kind of proof by which a request's caller is known.</summary>
/// <remarks>
/// Every identity counts, whether it comes from this library's session, a scheme of the application, its middleware or the server. Unless
/// it is certainly a token that a page had to add, it is treated as something that a browser sends by itself.
/// </remarks>
internal static class Proofs
{
    public static Proof Of(HttpContext context, Identity identity, AuthorizationPolicy? policy)
    {
        if (identity.Source == CallerSource.Cookie)
            return Proof.Ambient;

        var others = HasOtherIdentity(context, identity) || HasOtherScheme(policy);
        if (identity.Source == CallerSource.Header)
            return others ? Proof.NothingOrBoth : Proof.Token;

        // A token of the application's own: what else could be known of its sender came with it, or by these.
        if (AmbientScheme.HasOther(context.Request.Headers.Authorization))
            return context.Request.Headers.Cookie.Count > 0 || HasCertificate(context) ? Proof.NothingOrBoth : Proof.Token;

        return others || context.Request.Headers.Authorization.Count > 0 || HasCertificate(context) ? Proof.Ambient : Proof.NothingOrBoth;
    }

    private static bool HasOtherIdentity(HttpContext context, Identity identity)
    {
        if (context.Features.Get<IHttpAuthenticationFeature>()?.User is not { } user) // the context would make one
            return false;
        foreach (var other in user.Identities)
        {
            if (other.IsAuthenticated && !IsOurs(other, identity))
                return true;
        }

        return false;
    }

    private static bool IsOurs(ClaimsIdentity other, Identity identity) =>
        identity.IsProven && other.AuthenticationType == WixDefaults.AuthenticationScheme;

    private static bool HasOtherScheme(AuthorizationPolicy? policy)
    {
        if (policy is null)
            return false;
        foreach (var scheme in policy.AuthenticationSchemes)
        {
            if (scheme != WixDefaults.AuthenticationScheme)
                return true;
        }

        return false;
    }

    private static bool HasCertificate(HttpContext context) => context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is not null;
}
