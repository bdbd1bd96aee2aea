using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.RateLimiting.Enforcing;

/// <summary>Adds an endpoint's limits around its request delegate.</summary>
internal static class RateLimitConvention
{
    /// <summary>Wraps the request delegate once, unless the endpoint's own guards check its limits.</summary>
    /// <exception cref="InvalidOperationException">The limits can't be enforced; the message says why.</exception>
    public static void AddTo(EndpointBuilder builder)
    {
        if (builder.Metadata.Any(static item => item is EndpointLimits or ITakesLimits)
            || !builder.Metadata.Any(static item => item is RateLimitAttribute))
            return;
        var name = builder.DisplayName ?? "an endpoint without a name";
        var next = builder.RequestDelegate ?? throw new InvalidOperationException(
            $"[RateLimit] on {name}: there is nothing to limit. Put it on an endpoint that answers requests.");
        var services = builder.ApplicationServices;
        var limits = EndpointLimits.Of(name, (builder as RouteEndpointBuilder)?.RoutePattern.RawText ?? name, builder.Metadata,
            Scopes(services, name));
        builder.Metadata.Add(limits);
        builder.RequestDelegate = new LimitStep(services.GetRequiredService<RateLimitGate>(), limits, next).InvokeAsync;
    }

    /// <summary>Returns the application's limits.</summary>
    /// <exception cref="InvalidOperationException">The application has none.</exception>
    public static RateLimitScopes Scopes(IServiceProvider services, string name) =>
        services.GetService<RateLimitScopes>() ?? throw new InvalidOperationException(
        $"[RateLimit] on {name}: rate limits are not set up. Call builder.Services.AddRateLimits() in Program.cs.");
}
