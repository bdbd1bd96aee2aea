using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace Endpoints.Listing;

/// <summary>Lets an endpoint that the application maps to the same address take precedence over the list of endpoints.</summary>
internal sealed class ListingPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => 20_000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints)
    {
        foreach (var endpoint in endpoints)
        {
            if (endpoint.Metadata.GetMetadata<ListingMetadata>() is not null)
                return true;
        }
        return false;
    }

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        int? list = null;
        var isTaken = false;
        for (var i = 0; i < candidates.Count; i++)
        {
            if (!candidates.IsValidCandidate(i))
                continue;
            if (candidates[i].Endpoint.Metadata.GetMetadata<ListingMetadata>() is not null)
                list = i;
            else if (candidates[i].Endpoint is RouteEndpoint { RoutePattern.Parameters.Count: 0 })
                isTaken = true;
        }
        if (list is { } own && isTaken)
            candidates.SetValidity(own, false);
        return Task.CompletedTask;
    }
}
