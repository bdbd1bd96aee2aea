using Endpoints.RateLimiting;
using Endpoints.Wix.Calls;
using Endpoints.Wix.Identification;
using Endpoints.Wix.Telemetry;

namespace Endpoints.Wix.Elevation;

/// <summary>
/// Represents the right to act as the app for one caller, from the start of a handler to its end and no longer than the caller's own right.
/// </summary>
/// <remarks>
/// Thread-safe. A grant is created when a caller is known, refused until the guards have let the request pass, and granted when the handler
/// begins. It ends permanently with the handler, with the caller's token, or when Wix no longer accepts the caller. A call in progress when
/// the handler or the token ends is canceled: nothing elevated outlives them.
/// </remarks>
/// <param name="endpoint">The endpoint whose guards have let the request pass.</param>
/// <param name="caller">The caller for whom the grant is made.</param>
/// <param name="request">The request.</param>
/// <param name="isRequestsCaller">
/// <see langword="true"/> if <paramref name="caller"/> is the request's caller, who can be confirmed again; <see langword="false"/> for a
/// caller whom Wix has just named.
/// </param>
internal sealed class ElevationGrant(GuardedEndpoint endpoint, Caller caller, RequestCaller request, bool isRequestsCaller = true)
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _ending;
    private ITimer? _expiry;
    private volatile GrantEnd _end;
    private GrantProgress _progress = new(endpoint.Check is not null);

    public GuardedEndpoint Endpoint { get; } = endpoint;

    public Caller Caller { get; } = caller;

    public RequestCaller Request { get; } = request;

    /// <summary>Gets the client's address; the default value for a caller whom Wix has just named.</summary>
    public ClientAddress Client { get; init; }

    /// <summary>Gets the id of the event for which the grant was made; <see langword="null"/> for none.</summary>
    public string? EventId { get; private init; }

    /// <summary>Gets the state of the grant.</summary>
    public GrantState State => _progress.State;

    /// <summary>Gets the origin in whose name calls are made.</summary>
    public CallOrigin Origin { get; } = new(endpoint.Name, GuardTelemetry.Text(caller.Kind), caller.Id);

    public bool HasEnded => _end != GrantEnd.None;

    /// <summary>
    /// Returns a grant for a caller whom Wix has just named. No guards apply, because the code itself has queried Wix about the caller.
    /// </summary>
    /// <param name="endpoint">That under which calls are made and recorded.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="request">The request.</param>
    /// <param name="eventId">The id of the event that Wix has signed; <see langword="null"/> for none.</param>
    public static ElevationGrant OfNamed(GuardedEndpoint endpoint, Caller caller, RequestCaller request, string? eventId = null)
    {
        var grant = new ElevationGrant(endpoint, caller, request, isRequestsCaller: false) { EventId = eventId };
        grant.Admit();
        return grant;
    }

    /// <summary>Records that the guards have let the request pass.</summary>
    /// <exception cref="InvalidOperationException">The request has already been admitted.</exception>
    public void Admit()
    {
        lock (_gate)
            _progress.Admit();
    }

    /// <summary>Records that the endpoint's check has allowed the request.</summary>
    /// <exception cref="InvalidOperationException">The guards have not let it pass, or the handler has begun.</exception>
    public void Allow()
    {
        lock (_gate)
            _progress.Allow();
    }

    /// <summary>Records that the handler begins.</summary>
    /// <exception cref="InvalidOperationException">The guards have not let the request pass, the check has not allowed it, or it has begun
    /// before.</exception>
    public void Begin()
    {
        lock (_gate)
            _progress.Grant();
    }

    /// <summary>
    /// Returns the grant for a run of the handler: this one, or a new one of the same admission if the handler has run before or Wix has
    /// since updated the caller.
    /// </summary>
    public ElevationGrant ForRun(Caller now)
    {
        if (State == GrantState.Admitted && ReferenceEquals(now, Caller))
            return this;
        var next = new ElevationGrant(Endpoint, now, Request, isRequestsCaller) { Client = Client };
        next.Admit();
        return next;
    }

    /// <summary>
    /// Ensures that the grant is valid for a call: that it has not ended, and that Wix's confirmation of the caller is recent enough.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The handler has ended.</exception>
    /// <exception cref="WixApiException">The caller's right has ended.</exception>
    /// <exception cref="WixUnavailableException">Wix must confirm the caller again and can't be queried.</exception>
    public ValueTask ConfirmAsync(CancellationToken ct)
    {
        Demand();
        if (!isRequestsCaller)
            return ValueTask.CompletedTask;
        var confirming = Request.ConfirmAsync(ct);
        if (!confirming.IsCompletedSuccessfully)
            return WaitAsync(confirming);
        Judge(confirming.Result);
        return ValueTask.CompletedTask;
    }

    /// <exception cref="ObjectDisposedException">The handler has ended.</exception>
    /// <exception cref="WixApiException">The caller's right has ended.</exception>
    public void Demand()
    {
        if (!HasEnded && Request.Time.GetUtcNow() >= Caller.ExpiresAt)
            End(GrantEnd.Expired);
        if (_end is not GrantEnd.None and var end)
            throw GrantEnds.Exception(end);
        if (State != GrantState.Granted)
            throw new InvalidOperationException("Elevation is granted to a handler, and it does not run yet.");
    }

    /// <summary>Ensures that the endpoint's <c>Only</c> covers a call.</summary>
    /// <exception cref="InvalidOperationException"><c>Only</c> does not cover the call.</exception>
    public void DemandCovers(WixCall call, ElevationAudit audit)
    {
        if (Endpoint.MayCall(call.Method.Method, call.PathWithoutQuery))
            return;
        audit.RecordDenied(this, call);
        throw new InvalidOperationException(
            $"[Elevate] on {Endpoint.Name} does not cover {call.Method.Method} {call.Template}. Add the call to its Only if the endpoint "
            + "needs it.");
    }

    /// <summary>Returns a token that is canceled when the grant ends.</summary>
    /// <param name="longest">The maximum duration of a call. A grant that lasts longer needs no timer for its own end.</param>
    public CancellationToken EndingWithin(TimeSpan longest)
    {
        lock (_gate)
        {
            if (_end != GrantEnd.None)
                return new(canceled: true);
            _ending ??= new();
            if (_expiry is null && Caller.ExpiresAt - Request.Time.GetUtcNow() is { } left && left < longest)
                _expiry = NewTimer(left);
            return _ending.Token;
        }
    }

    /// <summary>Ends the grant, unless it has already ended.</summary>
    public void End(GrantEnd why)
    {
        CancellationTokenSource? ending;
        lock (_gate)
        {
            if (_end != GrantEnd.None)
                return;
            _end = why;
            _progress.End();
            ending = _ending;
            _expiry?.Dispose();
        }

        ending?.Cancel();
        ending?.Dispose();
    }

    private async ValueTask WaitAsync(ValueTask<Identity> confirming) => Judge(await confirming.ConfigureAwait(false));

    private void Judge(Identity identity)
    {
        if (identity.Refusal is Refusal.Unavailable or Refusal.Limited)
            identity.Demand(); // for this time only: that others of the network have asked too much is no word on this caller
        if (identity.Caller is not { } now || !now.IsSameAs(Caller))
            End(identity.Refusal == Refusal.SessionEnded ? GrantEnd.SessionEnded : GrantEnd.NotAccepted);
        Demand(); // the answer may have taken a while to come
    }

    private ITimer NewTimer(TimeSpan left)
    {
        // It belongs to no request's flow, and goes by the clock rather than by its own time.
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
            return Request.Time.CreateTimer(static grant => ((ElevationGrant)grant!).Expire(), this, Due(left), Timeout.InfiniteTimeSpan);
    }

    private void Expire()
    {
        var left = Caller.ExpiresAt!.Value - Request.Time.GetUtcNow(); // there is a timer
        if (left <= TimeSpan.Zero)
        {
            End(GrantEnd.Expired);
            return;
        }

        lock (_gate)
        {
            if (_end == GrantEnd.None)
                _expiry?.Change(Due(left), Timeout.InfiniteTimeSpan);
        }
    }

    // Timers count whole milliseconds and round down.
    private static TimeSpan Due(TimeSpan left) => TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(left.TotalMilliseconds)));
}
