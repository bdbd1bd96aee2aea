using Endpoints.Wix.Apps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Inboxes.Storage;

/// <summary>Registers the inbox's SQLite file, which is opened when it is first used.</summary>
internal static class InboxStorageServices
{
    public static void AddWixInboxStorage(this IServiceCollection services)
    {
        services.AddOptions<InboxOptions>().Configure<WixApps>(static (inbox, apps) =>
        {
            var own = apps.First.Services.GetRequiredService<IOptions<WixOptions>>().Value.Inbox;
            (inbox.MaxMessageSize, inbox.MaxMessages) = (own.MaxMessageSize, own.MaxMessages);
            (inbox.HandledRetention, inbox.FailedRetention) = (own.HandledRetention, own.FailedRetention);
        });
        services.AddOfFirstApp<InboxFile>();
        services.AddSingleton<InboxWriter>();
        services.TryAddSingleton<IInboxStore, SqliteInboxStore>();
    }
}
