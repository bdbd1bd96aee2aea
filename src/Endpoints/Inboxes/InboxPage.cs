namespace Endpoints;

/// <summary>Represents a page of a list of messages.</summary>
/// <param name="Entries">The messages.</param>
/// <param name="Continuation">The continuation for the next page, or <see langword="null"/> if this page is the last one.</param>
public sealed record InboxPage(IReadOnlyList<InboxEntry> Entries, string? Continuation);
