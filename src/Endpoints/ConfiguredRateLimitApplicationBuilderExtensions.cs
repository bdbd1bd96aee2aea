using Endpoints.RateLimiting.Configured;
using Endpoints.RateLimiting.Enforcing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Enforces rate limits that are written in the configuration.</summary>
public static class ConfiguredRateLimitApplicationBuilderExtensions
{
    /// <summary>
    /// Holds every request that gets here to the limits in the sections <c>IpRateLimiting</c>, <c>IpRateLimitPolicies</c>, <c>ClientRateLimiting</c> and <c>ClientRateLimitPolicies</c>, as
    /// AspNetCoreRateLimit has them.
    /// </summary>
    /// <remarks>Call it after <c>UseForwardedHeaders</c> and, where clients have limits, after <c>UseAuthentication</c>. A change of the configuration holds at once.</remarks>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="app"/> is null.</exception>
    /// <exception cref="InvalidOperationException"><c>AddRateLimits</c> or <c>AddFileRoutes</c> was not called.</exception>
    /// <exception cref="FormatException">When the application starts: a setting is wrong; the message names it.</exception>
    public static IApplicationBuilder UseConfiguredRateLimits(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        _ = app.ApplicationServices.GetService<RateLimitGate>()
            ?? throw new InvalidOperationException("UseConfiguredRateLimits() needs services that were not added: call builder.Services.AddRateLimits() before the application is built.");
        return app.UseMiddleware<ConfiguredLimitsMiddleware>();
    }
}
