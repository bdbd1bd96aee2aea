namespace Endpoints.RateLimiting;

/// <summary>One limit in one place: what is counted here is counted nowhere else.</summary>
internal sealed class RateLimitScope
{
    private static int _last;

    /// <param name="name">The rule's name, or its text.</param>
    /// <param name="rule">The rule, which nobody changes any more.</param>
    /// <param name="place">The route, or what else tells places with rules of this name apart; the same on each node. Empty for none.</param>
    public RateLimitScope(string name, RateLimitRule rule, string place)
    {
        Name = name;
        Rule = rule;
        Place = place;
    }

    public string Name { get; }

    public RateLimitRule Rule { get; }

    public string Place { get; }

    /// <summary>What it is known by within this process.</summary>
    public int Number { get; } = Interlocked.Increment(ref _last) & 0xFF_FFFF;
}
