namespace Adversary.Tests.Wires;

/// <summary>An answer of the application, in Latin-1.</summary>
internal sealed record Answer(int Status, string Head, string Body);
