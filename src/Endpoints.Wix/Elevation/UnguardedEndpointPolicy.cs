using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Elevation;

/// <summary>Keeps endpoints that appear after the start, with an <c>[Elevate]</c> that guards nothing, from ever running. Costs nothing while there are none.</summary>
internal sealed partial class UnguardedEndpointPolicy(ILogger<UnguardedEndpointPolicy> logger) : MatcherPolicy, IEndpointSelectorPolicy
{
    // Last: nothing after it may bring one back.
    public override int Order => int.MaxValue;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints.Any(UnguardedEndpoints.Is);
    }

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        for (var i = 0; i < candidates.Count; i++)
        {
            if (!candidates.IsValidCandidate(i) || !UnguardedEndpoints.Is(candidates[i].Endpoint))
                continue;
            var name = candidates[i].Endpoint.DisplayName;
            LogUnguarded(name);
            candidates.ReplaceEndpoint(i, new Endpoint(static context =>
            {
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return Task.CompletedTask;
            }, EndpointMetadataCollection.Empty, name), candidates[i].Values);
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(1, LogLevel.Critical, "[Elevate] guards nothing on {Endpoint}; it is not run. On a minimal API call .Elevate(Callers...)")]
    private partial void LogUnguarded(string? endpoint);
}
