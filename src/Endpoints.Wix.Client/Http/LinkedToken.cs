using System.Collections.Concurrent;

namespace Endpoints.Wix.Http;

/// <summary>Represents a cancellation token that is canceled by either of two others, or after a time.</summary>
/// <remarks>Each call needs two of them, and their sources are used again. It is disposed once.</remarks>
internal readonly struct LinkedToken : IDisposable
{
    private const int MostUnused = 256;

    private static readonly ConcurrentQueue<CancellationTokenSource> Unused = [];

    private readonly CancellationTokenSource? _source;
    private readonly CancellationTokenRegistration _first;
    private readonly CancellationTokenRegistration _second;

    private LinkedToken(TimeSpan limit, CancellationToken first, CancellationToken second)
    {
        _source = Unused.TryDequeue(out var unused) ? unused : new();
        _first = first.UnsafeRegister(Cancel, _source);
        _second = second.UnsafeRegister(Cancel, _source);
        if (limit != Timeout.InfiniteTimeSpan)
            _source.CancelAfter(limit);
        Token = _source.Token;
    }

    private LinkedToken(CancellationToken only) => Token = only;

    /// <summary>Gets the token, which is not used any more once this is disposed.</summary>
    public CancellationToken Token { get; }

    /// <summary>Returns a token that is canceled by either of two others.</summary>
    public static LinkedToken Of(CancellationToken first, CancellationToken second) =>
        !second.CanBeCanceled ? new(first)
        : !first.CanBeCanceled ? new(second)
        : new(Timeout.InfiniteTimeSpan, first, second);

    /// <summary>Returns a token that is canceled by another, and after a time on the machine's own clock.</summary>
    public static LinkedToken Within(TimeSpan limit, CancellationToken other) => new(limit, other, default);

    public void Dispose()
    {
        // Each waits for a cancellation that is going on, so that none reaches whoever uses the source next.
        _first.Dispose();
        _second.Dispose();
        if (_source is null)
            return;
        if (_source.TryReset() && Unused.Count < MostUnused)
            Unused.Enqueue(_source);
        else
            _source.Dispose();
    }

    private static void Cancel(object? source) => ((CancellationTokenSource)source!).Cancel();
}
