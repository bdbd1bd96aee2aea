using Endpoints;
using Endpoints.RateLimiting.Enforcing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Provides extension methods for limiting endpoints that are mapped by hand, and groups of endpoints.</summary>
public static class RateLimitEndpointConventionBuilderExtensions
{
    /// <summary>
    /// Limits the rate of calls to an endpoint, or to each endpoint of a group, as <see cref="RateLimitAttribute"/> does.
    /// </summary>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="limits">
    /// One or more limits such as <c>30/1m</c>, or names of rules in <see cref="RateLimitOptions.Rules"/>, separated by commas.
    /// </param>
    /// <param name="by">The partition of the limits that are written out. Each route is counted separately.</param>
    /// <param name="cost">The cost of a request, or 0 for the rule's cost.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="limits"/> is null or empty.</exception>
    /// <exception cref="InvalidOperationException">
    /// A rule does not exist, a limit is malformed, or <c>AddRateLimits</c> was not called. Thrown when the application starts.
    /// </exception>
    public static TBuilder RateLimit<TBuilder>(this TBuilder builder, string limits, RateLimitBy by = RateLimitBy.Address, int cost = 0)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        var attribute = new RateLimitAttribute(limits) { By = by, Cost = cost, IsOfOne = builder is RouteHandlerBuilder };
        builder.Add(endpoint => endpoint.Metadata.Add(attribute));
        // Finally, so that all limits of the endpoint and of its groups are asked in one go.
        builder.Finally(RateLimitConvention.AddTo);
        return builder;
    }
}
