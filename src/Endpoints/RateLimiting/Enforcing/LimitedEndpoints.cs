using System.Runtime.CompilerServices;
using Endpoints.Conventions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace Endpoints.RateLimiting.Enforcing;

/// <summary>
/// Enforces limits around endpoints that have the attribute but were created without its convention: minimal APIs and controllers.
/// </summary>
internal sealed class LimitedEndpoints(RateLimitGate gate, RateLimitScopes scopes) : MatcherPolicy, IEndpointSelectorPolicy
{
    private readonly ConditionalWeakTable<Endpoint, RouteEndpoint> _limited = [];

    // When all others have chosen, and a Razor Page is loaded.
    public override int Order => int.MaxValue - 50;

    /// <summary>Determines whether an endpoint has limits that nothing enforces.</summary>
    public static bool IsUnasked(EndpointMetadataCollection metadata) =>
        metadata.GetMetadata<RateLimitAttribute>() is not null
        && metadata.GetMetadata<EndpointLimits>() is null
        && metadata.GetMetadata<ITakesLimits>() is null;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints)
    {
        foreach (var endpoint in endpoints)
        {
            if (IsUnasked(endpoint.Metadata) || LoadedPages.IsOne(endpoint))
                return true;
        }

        return false;
    }

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && candidates[i].Endpoint is RouteEndpoint endpoint && IsUnasked(endpoint.Metadata))
                candidates.ReplaceEndpoint(i, Limited(endpoint), candidates[i].Values);
        }

        return Task.CompletedTask;
    }

    /// <summary>Returns the same endpoint with its limits around it.</summary>
    /// <exception cref="InvalidOperationException">A rule does not exist, or a limit is malformed.</exception>
    public RouteEndpoint Limited(RouteEndpoint endpoint) => _limited.GetValue(endpoint, _ =>
    {
        var name = endpoint.DisplayName ?? "an endpoint without a name";
        var limits = EndpointLimits.Of(name, endpoint.RoutePattern.RawText ?? name, endpoint.Metadata, scopes);
        var next = endpoint.RequestDelegate
            ?? throw new InvalidOperationException(
                $"[RateLimit] on {name}: there is nothing to limit. Put it on an endpoint that answers requests.");
        return new(new LimitStep(gate, limits, next).InvokeAsync, endpoint.RoutePattern, endpoint.Order,
            new([.. endpoint.Metadata, limits]), endpoint.DisplayName);
    });
}
