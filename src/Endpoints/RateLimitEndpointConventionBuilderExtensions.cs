using Endpoints;
using Endpoints.RateLimiting.Enforcing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Limits endpoints that are mapped by hand, and groups of endpoints.</summary>
public static class RateLimitEndpointConventionBuilderExtensions
{
    /// <summary>Limits how often an endpoint, or each endpoint of a group, is called, as <see cref="RateLimitAttribute"/> does.</summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="limits">One or more limits such as <c>30/1m</c>, or names of rules in <see cref="RateLimitOptions.Rules"/>, separated by commas.</param>
    /// <param name="by">What the limits count by that are written out. Each route is counted apart.</param>
    /// <param name="cost">How much a request counts; 0 for what the rule says.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="limits"/> is null or empty.</exception>
    /// <exception cref="InvalidOperationException">When the application starts: there is no such rule, a limit is malformed, or <c>AddRateLimits</c> was not called.</exception>
    public static TBuilder RateLimit<TBuilder>(this TBuilder builder, string limits, RateLimitBy by = RateLimitBy.Address, int cost = 0)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        var attribute = new RateLimitAttribute(limits) { By = by, Cost = cost };
        builder.Add(endpoint => endpoint.Metadata.Add(attribute));
        // Finally, so that all limits of the endpoint and of its groups are asked in one go.
        builder.Finally(RateLimitConvention.AddTo);
        return builder;
    }
}
