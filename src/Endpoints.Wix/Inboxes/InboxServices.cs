using Endpoints.Wix.Apps;
using Endpoints.Wix.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Inboxes;

/// <summary>Registers what stores events for their handlers and runs them.</summary>
internal static class InboxServices
{
    public static void AddWixInbox(this IServiceCollection services)
    {
        services.AddOfFirstApp<InboxTelemetry>();
        services.AddSingleton<InboxSignal>();
        services.AddSingleton<InboxOutages>();
        services.AddSingleton<IInboxHandlers, EventInbox>();
        services.AddSingleton(static services => new WixInbox(
            services.GetRequiredService<IInboxStore>(), services.GetRequiredService<InboxSignal>().Set));
        services.AddSingleton<FailedPage>();
        services.AddHostedService(static services =>
            ActivatorUtilities.CreateInstance<InboxWorker>(services.GetRequiredService<WixApps>().First.Services));
        services.AddHostedService<InboxUpkeep>();
    }

    /// <summary>Adds what stores the events of one app.</summary>
    public static void AddWixAppInbox(this IServiceCollection app)
    {
        app.AddSingleton<InboxDelivery>();
    }
}
