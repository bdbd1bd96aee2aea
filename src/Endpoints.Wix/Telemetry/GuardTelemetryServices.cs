using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Telemetry;

/// <summary>Registers the telemetry of guards.</summary>
internal static class GuardTelemetryServices
{
    public static void AddWixGuardTelemetry(this IServiceCollection services)
    {
        services.AddSingleton<GuardTelemetry>();
        services.AddSingleton<EventTelemetry>();
    }
}
