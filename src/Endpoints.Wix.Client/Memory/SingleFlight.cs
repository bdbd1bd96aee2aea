using System.Collections.Concurrent;

namespace Endpoints.Wix.Memory;

/// <summary>Lets callers that want the same thing at the same time share one piece of work.</summary>
/// <remarks>
/// Thread-safe. The work belongs to nobody: a caller that stops waiting does not stop it, so it must end by itself (every call to Wix has a
/// time limit). It runs without the first caller's execution context, whose trace and log scopes are not the others'. Its outcome is not
/// kept: the work stores what shall be, before it ends, and looks there first.
/// </remarks>
internal sealed class SingleFlight<TKey, TResult>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Flight> _flights = new();

    public Task<TResult> RunAsync<TState>(TKey key, TState state, Func<TState, Task<TResult>> work, CancellationToken ct)
    {
        while (true)
        {
            if (_flights.TryGetValue(key, out var running))
                return running.Task.WaitAsync(ct);

            var flight = new Flight();
            if (!_flights.TryAdd(key, flight))
                continue;
            using (ExecutionContext.SuppressFlow())
                _ = Task.Run(() => FlyAsync(key, flight, state, work), CancellationToken.None);
            return flight.Task.WaitAsync(ct);
        }
    }

    private async Task FlyAsync<TState>(TKey key, Flight flight, TState state, Func<TState, Task<TResult>> work)
    {
        try
        {
            var result = await work(state).ConfigureAwait(false);
            _flights.TryRemove(new(key, flight));
            flight.SetResult(result);
        }
        catch (Exception e)
        {
            _flights.TryRemove(new(key, flight));
            flight.SetException(e);
            _ = flight.Task.Exception; // seen, even if every caller has gone
        }
    }

    private sealed class Flight() : TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
}
