using System.Runtime.InteropServices;

namespace Endpoints.RateLimiting.Enforcing;

/// <summary>
/// Holds the requests that wait for room within limits with a queue, for each counter in the order in which they came.
/// </summary>
/// <remarks>
/// Thread-safe, and bounded: a counter has at most <see cref="RateLimitRule.QueueLimit"/> waiting requests, and all have
/// <see cref="Most"/>. The order is that of this process.
/// </remarks>
internal sealed class RequestQueues(TimeProvider time)
{
    /// <summary>The greatest number of waiting requests in this process.</summary>
    public const int Most = 10_000;

    private readonly TimeProvider _time = time;
    private readonly Lock _gate = new();
    private readonly Dictionary<RateLimitKey, LinkedList<Turn>> _queues = [];
    private int _count;

    /// <summary>Gets the number of requests that wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _count;
        }
    }

    /// <summary>Returns the index of the first counter that requests are waiting for, or -1 if there is none.</summary>
    public int Busy(ReadOnlySpan<RateLimitCounter> counters)
    {
        lock (_gate)
        {
            for (var i = 0; _count > 0 && i < counters.Length; i++)
            {
                if (counters[i].Rule.QueueLimit > 0 && _queues.ContainsKey(counters[i].Key))
                    return i;
            }
        }

        return -1;
    }

    /// <summary>Adds a request to the end of a queue.</summary>
    /// <returns>Its place, or null if there is none left.</returns>
    public Turn? TryJoin(in RateLimitCounter counter)
    {
        lock (_gate)
        {
            ref var queue = ref CollectionsMarshal.GetValueRefOrAddDefault(_queues, counter.Key, out _);
            queue ??= [];
            if (_count >= Most || queue.Count >= counter.Rule.QueueLimit)
            {
                if (queue.Count == 0)
                    _queues.Remove(counter.Key);
                return null;
            }

            var turn = new Turn(this, counter.Key);
            turn.Node = queue.AddLast(turn);
            _count++;
            return turn;
        }
    }

    /// <summary>Wakes the first request that waits for a counter, because there may be room.</summary>
    public void Wake(RateLimitKey key)
    {
        lock (_gate)
        {
            if (_queues.TryGetValue(key, out var queue))
                queue.First?.Value.Wake();
        }
    }

    private void Leave(Turn turn)
    {
        lock (_gate)
        {
            if (turn.Node is not { List: { } queue } node)
                return;
            queue.Remove(node);
            _count--;
            if (queue.Count == 0)
                _queues.Remove(turn.Key);
            else
                queue.First!.Value.Wake(); // it is not empty
        }
    }

    /// <summary>Represents a request's place in a queue. Disposing it lets the next one move up.</summary>
    internal sealed class Turn(RequestQueues queues, RateLimitKey key) : IDisposable
    {
        private TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public RateLimitKey Key => key;

        public LinkedListNode<Turn>? Node { get; set; }

        /// <summary>Gets a value that indicates whether no other request is before this one.</summary>
        public bool IsFirst
        {
            get
            {
                lock (queues._gate)
                    return Node is { List: not null, Previous: null };
            }
        }

        /// <summary>Waits until the request is woken, or until the time is over.</summary>
        public async Task WaitAsync(TimeSpan atMost, CancellationToken ct)
        {
            try
            {
                await _woken.Task.WaitAsync(atMost, queues._time, ct).ConfigureAwait(false);
                _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            catch (TimeoutException)
            {
                // the time is over
            }
        }

        public void Wake() => _woken.TrySetResult();

        public void Dispose() => queues.Leave(this);
    }
}
