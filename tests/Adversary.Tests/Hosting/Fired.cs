using Adversary.Tests.Requests;
using Adversary.Tests.Wires;

namespace Adversary.Tests.Hosting;

/// <summary>A conversation that was carried out: what its requests were called, and what came back.</summary>
internal sealed record Fired(Conversation Conversation, IReadOnlyList<string> Markers, Exchange Exchange)
{
    /// <summary>The request of a marker; null when it is none of this conversation's.</summary>
    public Shot? ByMarker(string marker) => Markers.ToList().IndexOf(marker) is >= 0 and var index ? Conversation.Shots[index] : null;
}
