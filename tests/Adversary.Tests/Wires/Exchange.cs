namespace Adversary.Tests.Wires;

/// <summary>
/// The outcome of a conversation: the client's ports, and the answers in the order they came. The text holds all bytes that were received.
/// </summary>
internal sealed record Exchange(IReadOnlyList<int> Ports, string Received, IReadOnlyList<Answer> Answers);
