using Endpoints.RateLimiting.Configured;
using Endpoints.RateLimiting.Enforcing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Provides extension methods for enforcing rate limits from the application's configuration.</summary>
public static class ConfiguredRateLimitApplicationBuilderExtensions
{
    /// <summary>
    /// Adds middleware that enforces the limits in the sections <c>IpRateLimiting</c>, <c>IpRateLimitPolicies</c>,
    /// <c>ClientRateLimiting</c> and <c>ClientRateLimitPolicies</c> on every request that reaches it. The format is that of
    /// AspNetCoreRateLimit.
    /// </summary>
    /// <remarks>
    /// Call it after <c>UseForwardedHeaders</c> and, if clients have limits, after <c>UseAuthentication</c>. Configuration changes take
    /// effect at once.
    /// </remarks>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="app"/> is null.</exception>
    /// <exception cref="InvalidOperationException"><c>AddRateLimits</c> or <c>AddFileRoutes</c> was not called.</exception>
    /// <exception cref="FormatException">A setting is invalid; the message names it. Thrown when the application starts.</exception>
    public static IApplicationBuilder UseConfiguredRateLimits(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        _ = app.ApplicationServices.GetService<RateLimitGate>()
            ?? throw new InvalidOperationException(
                "UseConfiguredRateLimits() needs services that were not added: call builder.Services.AddRateLimits() before the "
                + "application is built.");
        return app.UseMiddleware<ConfiguredLimitsMiddleware>();
    }
}
