using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace Endpoints.Wix.Elevation.Running;

/// <summary>
/// Records, for elevated endpoints with requirements of <c>[Authorize]</c>, that routing has chosen one and nothing has checked its
/// requirements yet. Costs nothing while there are none.
/// </summary>
internal sealed class RoutedDemands : MatcherPolicy, IEndpointSelectorPolicy
{
    // Last, when the candidates are final.
    public override int Order => int.MaxValue;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints.Any(IsDemanding);
    }

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        for (var i = 0; i < candidates.Count; i++)
        {
            if (!candidates.IsValidCandidate(i))
                continue;
            if (candidates[i].Endpoint is { } endpoint && IsDemanding(endpoint))
                UnaskedDemands.Route(httpContext, endpoint);
            break;
        }

        return Task.CompletedTask;
    }

    private static bool IsDemanding(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<GuardedEndpoint>() is not null && UnaskedDemands.AreIn(endpoint.Metadata);
}
