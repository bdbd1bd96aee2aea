using Endpoints.RateLimiting.Enforcing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.RateLimiting;

/// <summary>Registers the library's own rules.</summary>
internal static class LimitServices
{
    public static void AddWixLimits(this IServiceCollection services)
    {
        services.AddRateLimiting();
        services.AddSingleton<IPostConfigureOptions<RateLimitOptions>, WixRuleDefaults>();
    }
}
