namespace Adversary.Tests.Judging;

/// <summary>Whom a handler took its caller for, and where it read that.</summary>
internal sealed record Seen(string Source, string Kind, string? Id, string? Site, string? Instance);
