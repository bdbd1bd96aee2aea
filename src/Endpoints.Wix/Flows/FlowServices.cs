using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Flows;

/// <summary>Registers the services that all flows of browsers share.</summary>
internal static class FlowServices
{
    public static void AddWixFlows(this IServiceCollection services)
    {
        services.AddSingleton<BrowserFlowLimit>();
    }
}
