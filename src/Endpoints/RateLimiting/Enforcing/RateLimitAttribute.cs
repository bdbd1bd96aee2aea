using Endpoints.RateLimiting.Enforcing;
using Microsoft.AspNetCore.Builder;

namespace Endpoints;

/// <summary>
/// Limits the rate of calls to an endpoint: an endpoint file, a minimal API, a controller or an action, or the model of a Razor Page.
/// </summary>
/// <remarks>
/// All attributes on an endpoint's method, its class, the classes of its folders and its groups apply. Limits by address and route are
/// checked before limits by caller. On an endpoint with other guards that identify the caller, the former are checked before the caller is
/// identified.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RateLimitAttribute : Attribute, IEndpointConvention
{
    /// <summary>Initializes a new instance of the <see cref="RateLimitAttribute"/> class with the specified limits.</summary>
    /// <param name="limits">
    /// One or more limits such as <c>30/1m</c>, or names of rules in <see cref="RateLimitOptions.Rules"/>, separated by commas.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="limits"/> is null or empty.</exception>
    public RateLimitAttribute(string limits)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(limits);
        Limits = limits;
    }

    /// <summary>Gets the limits and the names of rules, separated by commas.</summary>
    public string Limits { get; }

    /// <summary>
    /// Gets or sets the partition of the limits that are written out. Each route is counted separately. A named rule has its own partition.
    /// </summary>
    /// <value>The default is <see cref="RateLimitBy.Address"/>.</value>
    public RateLimitBy By { get; set; } = RateLimitBy.Address;

    /// <summary>
    /// Gets or sets the cost of a request to this endpoint. The default is 0: the rule's cost, which is 1 for limits that are written out.
    /// </summary>
    public int Cost { get; set; }

    /// <summary>Gets a value that indicates whether the limits were added to one endpoint, where it is mapped.</summary>
    internal bool IsOfOne { get; init; }

    /// <summary>Applies the limits to the endpoint.</summary>
    /// <param name="builder">The endpoint.</param>
    /// <exception cref="InvalidOperationException">A rule does not exist, or a limit is malformed.</exception>
    void IEndpointConvention.Apply(EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        RateLimitConvention.AddTo(builder);
    }
}
