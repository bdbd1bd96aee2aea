using Endpoints.Wix.Emulator.Calls;
using Endpoints.Wix.Emulator.Faults;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Emulator;

/// <summary>Represents a fault that is set on a route. Disposing the fault clears it and releases the calls that it holds.</summary>
public sealed class EmulatedFault : IDisposable
{
    private readonly FaultTable _table;
    private readonly RoutePattern _pattern;
    private readonly Func<EmulatedCall, bool>? _when;
    private readonly Func<HttpContext, CancellationToken, Task<FaultOutcome>> _effect;
    private readonly CancellationTokenSource _cleared = new();
    private int _toSkip;
    private int _left;
    private int _hits;

    internal EmulatedFault(
        FaultTable table,
        RoutePattern pattern,
        Func<EmulatedCall, bool>? when,
        int toSkip,
        int? times,
        bool answers,
        Func<HttpContext, CancellationToken, Task<FaultOutcome>> effect)
    {
        _table = table;
        _pattern = pattern;
        _when = when;
        _toSkip = toSkip;
        _left = times ?? int.MaxValue;
        Answers = answers;
        _effect = effect;
        table.Add(this);
    }

    /// <summary>Gets the number of calls that the fault has affected.</summary>
    public int Hits => Volatile.Read(ref _hits);

    internal bool Answers { get; }

    /// <summary>Clears the fault.</summary>
    public void Dispose()
    {
        _table.Remove(this);
        // Not disposed with it: calls may still be waiting on its token, and without a timer it holds nothing.
        _cleared.Cancel();
    }

    // Called inside the table's lock, which guards the counters.
    internal bool TryTake(EmulatedCall call)
    {
        if (_left == 0 || !_pattern.Matches(call) || _when?.Invoke(call) == false)
            return false;
        if (_toSkip > 0)
        {
            _toSkip--;
            return false;
        }

        if (_left != int.MaxValue)
            _left--;
        _hits++;
        return true;
    }

    internal async Task<FaultOutcome> RunAsync(HttpContext http, CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _cleared.Token);
        try
        {
            return await _effect(http, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return http.Response.HasStarted ? FaultOutcome.Done : FaultOutcome.GoOn; // cleared while it held the call up
        }
    }
}
