namespace Endpoints.Wix.Elevation;

/// <summary>The right to act as the app, from the start of a handler to its end, for one caller.</summary>
/// <remarks>Thread-safe. A call that is under way when the handler ends is cancelled: nothing elevated outlives it.</remarks>
internal sealed class ElevationGrant(GuardedEndpoint endpoint, Caller caller)
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _ending;
    private bool _ended;

    public GuardedEndpoint Endpoint { get; } = endpoint;

    public Caller Caller { get; } = caller;

    public bool HasEnded => Volatile.Read(ref _ended);

    /// <summary>Cancelled when the handler ends.</summary>
    public CancellationToken Ending
    {
        get
        {
            lock (_gate)
            {
                if (_ended)
                    return new(canceled: true);
                return (_ending ??= new()).Token;
            }
        }
    }

    /// <exception cref="ObjectDisposedException">The handler has ended.</exception>
    public void Demand()
    {
        if (HasEnded)
            throw Ended();
    }

    public void End()
    {
        CancellationTokenSource? ending;
        lock (_gate)
        {
            if (_ended)
                return;
            _ended = true;
            ending = _ending;
        }

        ending?.Cancel();
        ending?.Dispose();
    }

    public static ObjectDisposedException Ended() =>
        new(nameof(ElevatedWixClient), "Elevation has ended with the handler it was granted to. Finish elevated calls before the handler returns.");
}
