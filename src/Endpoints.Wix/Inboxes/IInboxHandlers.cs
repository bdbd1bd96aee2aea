namespace Endpoints.Wix.Inboxes;

/// <summary>Represents what the worker runs.</summary>
internal interface IInboxHandlers
{
    /// <summary>Gets a value that indicates whether the application handles messages at all.</summary>
    bool IsUsed { get; }

    /// <summary>Gets the queues that have a handler here.</summary>
    IReadOnlyList<string> Queues { get; }

    /// <summary>Handles a message. The task fails as the handler fails.</summary>
    Task RunAsync(InboxLease lease, CancellationToken ct);
}
