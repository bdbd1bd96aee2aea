using Endpoints.Wix.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Inboxes;

/// <summary>Registers what stores events for their handlers and runs them.</summary>
internal static class InboxServices
{
    public static void AddWixInbox(this IServiceCollection services)
    {
        services.AddSingleton<InboxTelemetry>();
        services.AddSingleton<InboxSignal>();
        services.AddSingleton<InboxOutages>();
        services.AddSingleton<IInboxHandlers, EventInbox>();
        services.AddSingleton<InboxDelivery>();
        services.AddSingleton(static services => new WixInbox(
            services.GetRequiredService<IInboxStore>(), services.GetRequiredService<InboxSignal>().Set));
        services.AddSingleton<FailedPage>();
        services.AddHostedService<InboxWorker>();
        services.AddHostedService<InboxUpkeep>();
    }
}
