using Endpoints.RateLimiting.Enforcing;
using Microsoft.AspNetCore.Builder;

namespace Endpoints;

/// <summary>Limits how often an endpoint is called: an endpoint file, a minimal API, a controller or an action.</summary>
/// <remarks>
/// All attributes hold that stand on an endpoint's method, its class, the classes of its folders and its groups. Limits by address and route are asked before limits by caller. On an endpoint with
/// other guards that identify the caller, the former come before that is done.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RateLimitAttribute : Attribute, IEndpointConvention
{
    /// <summary>Limits the endpoint.</summary>
    /// <param name="limits">One or more limits such as <c>30/1m</c>, or names of rules in <see cref="RateLimitOptions.Rules"/>, separated by commas.</param>
    /// <exception cref="ArgumentException"><paramref name="limits"/> is null or empty.</exception>
    public RateLimitAttribute(string limits)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(limits);
        Limits = limits;
    }

    /// <summary>Gets the limits and the names of rules.</summary>
    public string Limits { get; }

    /// <summary>Gets or sets what the limits count by that are written out. Each route is counted apart. A named rule says itself what it counts by.</summary>
    /// <value>The default is <see cref="RateLimitBy.Address"/>.</value>
    public RateLimitBy By { get; set; } = RateLimitBy.Address;

    /// <summary>Gets or sets how much a request to this endpoint counts. The default is 0: what the rule says, which is 1 for limits that are written out.</summary>
    public int Cost { get; set; }

    /// <summary>Puts the limits around the endpoint.</summary>
    /// <param name="builder">The endpoint.</param>
    /// <exception cref="InvalidOperationException">There is no such rule, or a limit is malformed.</exception>
    void IEndpointConvention.Apply(EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        RateLimitConvention.AddTo(builder);
    }
}
