using System.Collections.Concurrent;

namespace Endpoints.Wix.Tests.Webhooks;

/// <summary>Records what handlers got, and does what a test wants of them.</summary>
internal sealed class EventJournal
{
    public ConcurrentQueue<WixEvent> Handled { get; } = new();

    public Func<IServiceProvider, WixEvent, CancellationToken, Task> Then { get; set; } = static (_, _, _) => Task.CompletedTask;
}
