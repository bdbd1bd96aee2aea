using Endpoints.Wix.Elevation.Running;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Starting;

/// <summary>
/// Prevents endpoints that are added after startup, with an <c>[Elevate]</c> whose guards don't run, from running. Costs nothing while
/// there are none.
/// </summary>
internal sealed partial class UnguardedEndpointPolicy(ILogger<UnguardedEndpointPolicy> logger) : MatcherPolicy, IEndpointSelectorPolicy
{
    // Last: nothing after it may bring one back.
    public override int Order => int.MaxValue;

    /// <remarks>Another policy can replace a dynamic endpoint with any endpoint, and a page with a loaded page.</remarks>
    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return ContainsDynamicEndpoints(endpoints) || endpoints.Any(static endpoint =>
            endpoint.Metadata.GetMetadata<ActionDescriptor>() is PageActionDescriptor || GuardProof.Fault(endpoint) is not null);
    }

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        for (var i = 0; i < candidates.Count; i++)
        {
            if (!candidates.IsValidCandidate(i) || candidates[i].Endpoint is not { } endpoint
                || GuardProof.Fault(endpoint) is not { } fault)
                continue;
            LogUnguarded(endpoint.DisplayName, fault);
            candidates.ReplaceEndpoint(i, new Endpoint(static context =>
            {
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return Task.CompletedTask;
            }, EndpointMetadataCollection.Empty, endpoint.DisplayName), candidates[i].Values);
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(1, LogLevel.Critical, "{Endpoint} is not run: {Fault}")]
    private partial void LogUnguarded(string? endpoint, string fault);
}
