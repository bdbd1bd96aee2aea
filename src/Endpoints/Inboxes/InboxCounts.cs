namespace Endpoints;

/// <summary>Represents the numbers of messages in an <see cref="IInboxStore"/>.</summary>
/// <param name="Waiting">The number of messages that wait to be leased.</param>
/// <param name="Running">The number of messages that are leased, including those whose lease has expired.</param>
/// <param name="Failed">The number of failed messages.</param>
/// <param name="OldestAge">The age of the oldest message that waits or runs; zero if there is none.</param>
public readonly record struct InboxCounts(long Waiting, long Running, long Failed, TimeSpan OldestAge);
