using System.Security.Cryptography;
using System.Text;

namespace Endpoints.Wix.Sessions;

/// <summary>Remembers which logins have been answered, so that a copy of the cookie and of the answer is worth nothing.</summary>
/// <remarks>
/// Thread-safe. Keys are digests of states that this application issued (they come out of its own cookies), forgotten when the login would have
/// expired anyway, and beyond <see cref="Capacity"/> the oldest first. A node knows its own; Wix takes a code once only, wherever it comes from.
/// </remarks>
internal sealed class UsedStates(TimeProvider time)
{
    private const int Capacity = 50_000;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly Queue<(string Digest, DateTimeOffset Until)> _order = new();

    /// <summary>Uses a state up; false when it was used before.</summary>
    public bool TryUse(string state, DateTimeOffset until)
    {
        var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(state)));
        lock (_gate)
        {
            while (_order.TryPeek(out var oldest) && (oldest.Until < time.GetUtcNow() || _order.Count >= Capacity))
            {
                _used.Remove(oldest.Digest);
                _order.Dequeue();
            }

            if (!_used.Add(digest))
                return false;
            _order.Enqueue((digest, until));
            return true;
        }
    }
}
