using System.Diagnostics;
using System.Text;
using Endpoints.Wix.Options;
using Endpoints.Wix.Webhooks.Running;

namespace Endpoints.Wix.Inboxes;

/// <summary>Runs the handlers of stored events.</summary>
/// <remarks>
/// A handler that no longer uses the inbox still handles the events that were stored for it. Those of a handler that no longer exists wait,
/// because another node may have it.
/// </remarks>
internal sealed class EventInbox(EventRegistry registry, WixEventRunner runner) : IInboxHandlers
{
    public bool IsUsed => registry.IsMapped && !DesignTime.IsNow;

    public IReadOnlyList<string> Queues => [.. registry.All.Select(static handler => handler.Registration.Name)];

    public Task RunAsync(InboxLease lease, CancellationToken ct)
    {
        var handler = registry.Find(lease.Message.Queue)
            ?? throw new InvalidOperationException($"There is no event handler {lease.Message.Queue} anymore.");
        _ = ActivityContext.TryParse(lease.Message.TraceParent, traceState: null, isRemote: true, out var parent);
        return runner.RunAsync(handler, Encoding.UTF8.GetString(lease.Message.Body.Span), parent, ct);
    }
}
