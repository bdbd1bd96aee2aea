using Endpoints.RateLimiting;
using Endpoints.Wix.Memory;
using Endpoints.Wix.Values;

namespace Endpoints.Wix.Flows;

/// <summary>Tracks the logins that have been answered, so that a copy of the cookie and the answer is worthless.</summary>
/// <remarks>
/// Thread-safe. Keys are digests of states that this application issued (they come from its own cookies). They are removed when the login
/// would have expired. Beyond the capacity, those of the neighbourhood with the most keys are removed. A node knows only its own states.
/// Wix accepts a code only once, whatever its origin.
/// </remarks>
internal sealed class UsedStates(TimeProvider time)
{
    private const int Capacity = 50_000;

    private static readonly object Mark = new();

    private readonly FairCache<TokenDigest, object> _used = new(Capacity, time);

    /// <summary>Uses a state up. Returns <see langword="false"/> if it was used before.</summary>
    public bool TryUse(string state, ClientAddress client, DateTimeOffset until) =>
        _used.TryAdd(TokenDigest.Of(new AccessToken(state)), client.Neighbourhood, Mark, until);
}
