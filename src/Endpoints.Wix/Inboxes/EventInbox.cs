using System.Diagnostics;
using System.Text;
using Endpoints.Wix.Apps;
using Endpoints.Wix.Options;
using Endpoints.Wix.Webhooks.Running;

namespace Endpoints.Wix.Inboxes;

/// <summary>Runs the handlers of stored events.</summary>
/// <remarks>
/// A handler that no longer uses the inbox still handles the events that were stored for it. Those of a handler that no longer exists wait,
/// because another node may have it.
/// </remarks>
internal sealed class EventInbox(PerApp<EventRegistry> registries, PerApp<WixEventRunner> runners) : IInboxHandlers
{
    public bool IsUsed => registries.All.Any(static registry => registry.IsMapped) && !DesignTime.IsNow;

    public IReadOnlyList<string> Queues =>
        [.. registries.All.SelectMany(static registry => registry.All).Select(static handler => handler.Name)];

    public Task RunAsync(InboxLease lease, CancellationToken ct)
    {
        _ = ActivityContext.TryParse(lease.Message.TraceParent, traceState: null, isRemote: true, out var parent);
        foreach (var app in registries.Apps.All)
        {
            if (registries.Of(app).Find(lease.Message.Queue) is { } handler)
                return runners.Of(app).RunAsync(handler, Encoding.UTF8.GetString(lease.Message.Body.Span), parent, ct);
        }

        throw new InvalidOperationException($"There is no event handler {lease.Message.Queue} anymore.");
    }
}
