namespace Endpoints.RateLimiting;

/// <summary>Represents one limit in one place. Requests counted here are counted nowhere else.</summary>
internal sealed class RateLimitScope
{
    private static int _last;

    /// <param name="name">The rule's name, or its text.</param>
    /// <param name="rule">The rule, which is not changed any more.</param>
    /// <param name="place">
    /// The route, or another text that distinguishes places with rules of this name. The same on each node. Empty for none.
    /// </param>
    public RateLimitScope(string name, RateLimitRule rule, string place)
    {
        Name = name;
        Rule = rule;
        Place = place;
    }

    public string Name { get; }

    public RateLimitRule Rule { get; }

    public string Place { get; }

    /// <summary>Gets the number that identifies the limit within this process.</summary>
    public int Number { get; } = Interlocked.Increment(ref _last) & 0xFF_FFFF;
}
