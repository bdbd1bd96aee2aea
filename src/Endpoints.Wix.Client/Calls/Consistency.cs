using Endpoints.Wix.Memory;

namespace Endpoints.Wix.Calls;

/// <summary>
/// Stores the <c>X-Wix-Consistent</c> of Wix's answers, so that a caller's next calls see what its last one wrote, in this request and
/// later ones.
/// </summary>
/// <remarks>
/// Thread-safe. Keys are confirmed callers, and a value goes with its own caller's calls and nobody else's: Wix's JavaScript keeps it in a
/// client that all requests share. At most <see cref="Capacity"/> callers are remembered, each for <see cref="Lifetime"/>; who is forgotten
/// may read what was there before its write for as long as Wix takes to spread it.
/// </remarks>
internal sealed class Consistency(TimeProvider time)
{
    public const int Capacity = 10_000;

    // Wix spreads a write within seconds.
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly BoundedCache<string, Kept> _kept = new(Capacity);
    private readonly BoundedCache<string, Kept> _visitors = new(Capacity); // apart: anybody can be as many visitors as Wix gives out tokens

    private volatile bool _hasKept;

    /// <summary>Gets a value that indicates whether nobody has had a value yet. A cache's count walks through all of it.</summary>
    public bool IsEmpty => !_hasKept;

    public string? Find(string key, bool isAnybodys) =>
        Of(isAnybodys).TryGet(key, out var kept) && time.GetUtcNow() < kept.Until ? kept.Value : null;

    public void Keep(string key, bool isAnybodys, string value)
    {
        Of(isAnybodys).Set(key, new(value, time.GetUtcNow() + Lifetime));
        _hasKept = true;
    }

    private BoundedCache<string, Kept> Of(bool isAnybodys) => isAnybodys ? _visitors : _kept;

    private sealed record Kept(string Value, DateTimeOffset Until);
}
