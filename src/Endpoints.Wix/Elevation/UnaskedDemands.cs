using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Elevation;

/// <summary>Determines whether an endpoint has requirements of <c>[Authorize]</c> that were not checked.</summary>
/// <remarks>
/// The framework refuses to run such an endpoint by itself, but not one that routing answers (<c>ShortCircuit()</c>) or whose requirements
/// are attributes of the application's own, and not where the application has suppressed the check.
/// </remarks>
internal static class UnaskedDemands
{
    public const string Fault =
        "it requires authorization, and the authorization middleware has not run for it. Call app.UseAuthorization() between UseRouting "
        + "and the endpoints, and take ShortCircuit() away";

    // Where the framework's middleware leaves that it has run for an endpoint.
    private const string Asked = "__AuthorizationMiddlewareWithEndpointInvoked";

    /// <summary>Determines whether the request's endpoint has requirements that were not checked.</summary>
    public static bool Has(HttpContext context) =>
        context.GetEndpoint()?.Metadata is { } metadata
        && (metadata.GetMetadata<IAuthorizeData>() is not null || metadata.GetMetadata<IAuthorizationRequirementData>() is not null
            || HasPolicy(metadata.GetOrderedMetadata<AuthorizationPolicy>()))
        && metadata.GetMetadata<IAllowAnonymous>() is null
        && !context.Items.ContainsKey(Asked);

    private static bool HasPolicy(IReadOnlyList<AuthorizationPolicy> policies)
    {
        for (var i = 0; i < policies.Count; i++)
        {
            if (policies[i] != ElevateDecides.Policy)
                return true;
        }

        return false;
    }
}
