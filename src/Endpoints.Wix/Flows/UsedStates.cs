using Endpoints.RateLimiting;
using Endpoints.Wix.Memory;
using Endpoints.Wix.Values;

namespace Endpoints.Wix.Flows;

/// <summary>Remembers which logins have been answered, so that a copy of the cookie and of the answer is worth nothing.</summary>
/// <remarks>
/// Thread-safe. Keys are digests of states that this application issued (they come out of its own cookies), forgotten when the login would have
/// expired anyway; beyond the capacity those of the neighbourhood that has most. A node knows its own; Wix takes a code once only, wherever it comes from.
/// </remarks>
internal sealed class UsedStates(TimeProvider time)
{
    private const int Capacity = 50_000;

    private static readonly object Mark = new();

    private readonly FairCache<TokenDigest, object> _used = new(Capacity, time);

    /// <summary>Uses a state up; false when it was used before.</summary>
    public bool TryUse(string state, ClientAddress client, DateTimeOffset until) => _used.TryAdd(TokenDigest.Of(new AccessToken(state)), client.Neighbourhood, Mark, until);
}
