namespace Endpoints.Wix.Emulator;

/// <summary>Holds calls until a test releases them. Disposing the gate opens it.</summary>
public sealed class EmulatedGate : IDisposable
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _held = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _watchers = [];
    private EmulatedFault? _fault;
    private int _arrived;
    private bool _open;

    internal EmulatedGate()
    {
    }

    /// <summary>Gets the number of calls that have arrived at the gate, including those that it has released.</summary>
    public int Arrived
    {
        get
        {
            lock (_lock)
                return _arrived;
        }
    }

    /// <summary>Gets the number of calls that are waiting at the gate.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _held.Count;
        }
    }

    /// <summary>Waits until the given number of calls has arrived at the gate.</summary>
    /// <param name="count">The number of calls, at least 1.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that completes when the calls have arrived.</returns>
    public Task WaitForArrivalsAsync(int count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        lock (_lock)
        {
            if (_arrived >= count)
                return Task.CompletedTask;
            var reached = NewSource();
            _watchers.Add((count, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Releases waiting calls, in the order in which they arrived.</summary>
    /// <param name="count">The number of calls to release, at least 1. If fewer calls are waiting, all of them are released.</param>
    public void Release(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        lock (_lock)
        {
            for (; count > 0 && _held.First is { } first; count--)
            {
                _held.RemoveFirst();
                first.Value.TrySetResult();
            }
        }
    }

    /// <summary>Releases every call, including those that arrive later.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _open = true;
            foreach (var held in _held)
                held.TrySetResult();
            _held.Clear();
        }

        _fault?.Dispose();
    }

    /// <summary>Opens the gate.</summary>
    public void Dispose() => Open();

    internal void Attach(EmulatedFault fault) => _fault = fault;

    internal async Task PassAsync(CancellationToken ct)
    {
        var turn = NewSource();
        lock (_lock)
        {
            _arrived++;
            for (var i = _watchers.Count - 1; i >= 0; i--)
            {
                if (_arrived >= _watchers[i].Count)
                {
                    _watchers[i].Reached.TrySetResult();
                    _watchers.RemoveAt(i);
                }
            }

            if (_open)
                return;
            _held.AddLast(turn);
        }

        try
        {
            await turn.Task.WaitAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
                _held.Remove(turn);
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
