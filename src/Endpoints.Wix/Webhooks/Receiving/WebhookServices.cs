using Endpoints.Wix.Webhooks.Running;
using Endpoints.Wix.Webhooks.Signatures;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Webhooks.Receiving;

/// <summary>Registers the receiving of events.</summary>
internal static class WebhookServices
{
    public static void AddWixWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<SignedCalls>();
        services.AddSingleton<EventRegistry>();
        services.AddSingleton<SignedWork>();
        services.AddSingleton<WixEventRunner>();
        services.AddSingleton<SignedRequests>();
        services.AddSingleton<DirectDelivery>();
        services.AddSingleton<InstanceRemoval>();
        services.AddSingleton<EventEndpoint>();
    }
}
