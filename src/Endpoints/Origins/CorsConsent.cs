using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Origins;

/// <summary>Determines whether an endpoint's CORS policy allows a page of another origin to send a request.</summary>
internal static class CorsConsent
{
    /// <param name="context">The request.</param>
    /// <param name="cors">
    /// The CORS metadata of the endpoint, or null for the policy that the middleware has applied, or else the default policy.
    /// </param>
    public static async ValueTask<bool> IsGivenAsync(HttpContext context, ICorsMetadata? cors)
    {
        if (cors is IDisableCorsAttribute || context.Request.Headers.Origin is not [{ Length: > 0 } origin])
            return false;

        if (cors is null && context.Features.Get<AppliedCors>() is { Result: var applied })
            return applied.IsOriginAllowed && IsForCookies(context, applied.SupportsCredentials);

        var policy = cors switch
        {
            ICorsPolicyMetadata { Policy: { } own } => own,
            _ when context.RequestServices.GetService<ICorsPolicyProvider>() is { } provider =>
                await provider.GetPolicyAsync(context, (cors as IEnableCorsAttribute)?.PolicyName).ConfigureAwait(false),
            _ => null,
        };

        return policy is not null && (policy.AllowAnyOrigin || policy.IsOriginAllowed(origin))
            && IsForCookies(context, policy.SupportsCredentials);
    }

    /// <remarks>
    /// A policy that does not allow credentials does not cover the user's cookies: a form of that origin would send them without
    /// permission.
    /// </remarks>
    private static bool IsForCookies(HttpContext context, bool supportsCredentials) =>
        supportsCredentials || context.Request.Headers.Cookie.Count == 0;
}
