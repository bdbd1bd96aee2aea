using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Elevation;

/// <summary>Determines whether an endpoint has requirements of <c>[Authorize]</c> that were not checked.</summary>
/// <remarks>
/// The framework refuses to run such an endpoint by itself, but not one that routing answers (<c>ShortCircuit()</c>) or whose requirements
/// are attributes of the application's own, and not where the application has suppressed the check. Nor does it tell for which endpoint its
/// middleware has run: a pipeline that runs again for an error page, or middleware that puts another endpoint in place, has run it for the
/// endpoint before.
/// </remarks>
internal static class UnaskedDemands
{
    public const string Fault =
        "it requires authorization, and the authorization middleware has not run for it. Call app.UseAuthorization() between UseRouting "
        + "and the endpoints, and after middleware that runs the pipeline again for another path, and take ShortCircuit() away";

    // Where the framework's middleware leaves that it has run for an endpoint.
    private const string Asked = "__AuthorizationMiddlewareWithEndpointInvoked";

    // Where routing leaves the endpoint that it has chosen.
    private static readonly object Routed = new();

    /// <summary>Determines whether there are requirements among the metadata of an endpoint.</summary>
    public static bool AreIn(EndpointMetadataCollection metadata) =>
        (metadata.GetMetadata<IAuthorizeData>() is not null || metadata.GetMetadata<IAuthorizationRequirementData>() is not null
            || HasPolicy(metadata.GetOrderedMetadata<AuthorizationPolicy>()))
        && metadata.GetMetadata<IAllowAnonymous>() is null;

    /// <summary>Records that routing has chosen an endpoint with requirements. They are still to be checked.</summary>
    public static void Route(HttpContext context, Endpoint endpoint)
    {
        context.Items.Remove(Asked);
        context.Items[Routed] = endpoint;
    }

    /// <summary>Determines whether the requirements of an endpoint were not checked, or are not met.</summary>
    /// <param name="context">The request.</param>
    /// <param name="guarded">The guards of the endpoint, to which another endpoint may have handed the request on.</param>
    public static ValueTask<bool> HasAsync(HttpContext context, GuardedEndpoint guarded)
    {
        var endpoint = context.GetEndpoint();
        var metadata = guarded.IsAction || ReferenceEquals(endpoint?.Metadata.GetMetadata<GuardedEndpoint>(), guarded)
            ? endpoint?.Metadata : guarded.AllMetadata;
        if (metadata is null || !AreIn(metadata))
            return new(false);
        if (!context.Items.ContainsKey(Asked))
            return new(true);
        return context.Items.TryGetValue(Routed, out var routed) && routed == endpoint && metadata == endpoint?.Metadata
            ? new(false) : AreNotMetAsync(context, metadata);
    }

    private static async ValueTask<bool> AreNotMetAsync(HttpContext context, EndpointMetadataCollection metadata)
    {
        var services = context.RequestServices;
        var further = metadata.GetOrderedMetadata<IAuthorizationRequirementData>().SelectMany(static data => data.GetRequirements());
        var policies = metadata.GetOrderedMetadata<AuthorizationPolicy>().ToList();
        if (further.ToArray() is { Length: > 0 } requirements)
            policies.Add(new(requirements, []));
        var policy = await AuthorizationPolicy.CombineAsync(services.GetRequiredService<IAuthorizationPolicyProvider>(),
            metadata.GetOrderedMetadata<IAuthorizeData>(), policies).ConfigureAwait(false);
        if (policy is null)
            return true; // there are requirements
        var evaluator = services.GetRequiredService<IPolicyEvaluator>();
        var authenticated = await evaluator.AuthenticateAsync(policy, context).ConfigureAwait(false);
        return !(await evaluator.AuthorizeAsync(policy, authenticated, context, context).ConfigureAwait(false)).Succeeded;
    }

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
