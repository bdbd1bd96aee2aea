namespace Endpoints;

/// <summary>Represents a stored message for whoever operates the application.</summary>
public sealed class InboxEntry
{
    /// <summary>The maximum length of <see cref="Error"/>, in characters. A longer text is cut.</summary>
    public const int MaxErrorLength = 4_000;

    /// <summary>Gets the queue.</summary>
    public required string Queue { get; init; }

    /// <summary>Gets the id of the message.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the key of the messages that are handled one after another, if the message has one.</summary>
    public string? OrderKey { get; init; }

    /// <summary>Gets the state.</summary>
    public required InboxState State { get; init; }

    /// <summary>Gets the number of times that the message has been leased.</summary>
    public required int Attempts { get; init; }

    /// <summary>Gets the time at which the message was accepted.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>
    /// Gets the time at which a waiting message is ready, at which a running message's lease expires, or at which a failed message failed.
    /// </summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets the text of the latest error, if there was one.</summary>
    public string? Error { get; init; }

    /// <summary>Gets the content. A list of messages doesn't have it.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }
}
