using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Telemetry;

/// <summary>Registers the telemetry.</summary>
internal static class TelemetryServices
{
    public static void AddWixTelemetry(this IServiceCollection services)
    {
        services.AddSingleton<WixTelemetry>();
    }
}
