using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Flows;

/// <summary>What flows of browsers have in common.</summary>
internal static class FlowServices
{
    public static void AddWixFlows(this IServiceCollection services)
    {
        services.AddSingleton<BrowserFlowLimit>();
    }
}
