using System.Collections.Immutable;

namespace Adversary.Tests.Requests;

/// <summary>Requests that belong together: one connection's, or steps of one attack.</summary>
internal sealed record Conversation(Wire Wire, SiteMode Site, ImmutableArray<Shot> Shots)
{
    public Conversation(Wire wire, SiteMode site, params IEnumerable<Shot> shots)
        : this(wire, site, shots.ToImmutableArray())
    {
    }
}
