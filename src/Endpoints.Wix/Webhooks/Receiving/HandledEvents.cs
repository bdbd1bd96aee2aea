using Endpoints.Wix.Memory;

namespace Endpoints.Wix.Webhooks.Receiving;

/// <summary>Records, in this process, which handler has handled which event, so that none handles one twice.</summary>
/// <remarks>
/// Thread-safe and bounded: of the events that are over, those that come again are kept longest. What runs is never evicted; there is no
/// more of it than there are requests.
/// </remarks>
internal sealed class HandledEvents
{
    private const int Kept = 100_000;

    private static readonly object Done = new();

    private readonly Lock _gate = new();
    private readonly HashSet<string> _running = new(StringComparer.Ordinal);
    private readonly BoundedCache<string, object> _done = new(Kept);

    /// <summary>Claims an event for a handler.</summary>
    public HandledClaim Claim(string handler, string eventKey)
    {
        var key = Key(handler, eventKey);
        lock (_gate)
        {
            return _done.TryGet(key, out _) ? HandledClaim.Duplicate
                : _running.Add(key) ? HandledClaim.Claimed : HandledClaim.Busy;
        }
    }

    /// <summary>Ends a claim.</summary>
    /// <param name="handler">The handler's name.</param>
    /// <param name="eventKey">The event's key.</param>
    /// <param name="isHandled">
    /// <see langword="true"/> if the event has been handled; <see langword="false"/> if it may be handled when it comes again.
    /// </param>
    public void End(string handler, string eventKey, bool isHandled)
    {
        var key = Key(handler, eventKey);
        lock (_gate)
        {
            _running.Remove(key);
            if (isHandled)
                _done.Set(key, Done);
        }
    }

    private static string Key(string handler, string eventKey) => $"{handler}\n{eventKey}";
}
