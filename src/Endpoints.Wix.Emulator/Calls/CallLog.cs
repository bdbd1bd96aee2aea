namespace Endpoints.Wix.Emulator.Calls;

/// <summary>Keeps the latest calls, counts all calls per route, and lets tests wait for calls to arrive.</summary>
internal sealed class CallLog(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Queue<EmulatedCall> _calls = new();
    private readonly Dictionary<string, long> _counts = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Waiter> _waiters = [];
    private long _number;

    public long NextNumber() => Interlocked.Increment(ref _number);

    public void Add(EmulatedCall call)
    {
        lock (_gate)
        {
            _calls.Enqueue(call);
            if (_calls.Count > capacity)
                _calls.Dequeue();
            if (call.Route is { } route)
                _counts[route] = _counts.GetValueOrDefault(route) + 1;
            for (var i = _waiters.Count - 1; i >= 0; i--)
            {
                if (_waiters[i].Pattern.Matches(call) && --_waiters[i].Missing == 0)
                {
                    _waiters[i].Arrived.TrySetResult();
                    _waiters.RemoveAt(i);
                }
            }
        }
    }

    public IReadOnlyList<EmulatedCall> All()
    {
        lock (_gate)
            return [.. _calls];
    }

    public IReadOnlyList<EmulatedCall> Matching(RoutePattern pattern)
    {
        lock (_gate)
            return [.. _calls.Where(pattern.Matches)];
    }

    public long Count(RoutePattern pattern)
    {
        lock (_gate)
            return CountInside(pattern);
    }

    public void Clear()
    {
        lock (_gate)
        {
            _calls.Clear();
            _counts.Clear();
        }
    }

    public Task WaitAsync(RoutePattern pattern, int count, CancellationToken ct)
    {
        Waiter waiter;
        lock (_gate)
        {
            var missing = count - CountInside(pattern);
            if (missing <= 0)
                return Task.CompletedTask;
            waiter = new(pattern, missing);
            _waiters.Add(waiter);
        }

        return WaitAsync(waiter, ct);
    }

    private async Task WaitAsync(Waiter waiter, CancellationToken ct)
    {
        try
        {
            await waiter.Arrived.Task.WaitAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
                _waiters.Remove(waiter);
        }
    }

    // A whole route has its own counter, which outlives the log; a concrete path is counted in what the log still holds.
    private long CountInside(RoutePattern pattern)
    {
        var counted = _counts.Where(pair => pattern.Matches(pair.Key)).Sum(pair => pair.Value);
        return counted > 0 ? counted : _calls.Count(pattern.Matches);
    }

    private sealed class Waiter(RoutePattern pattern, long missing)
    {
        public RoutePattern Pattern { get; } = pattern;

        public long Missing { get; set; } = missing;

        public TaskCompletionSource Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
