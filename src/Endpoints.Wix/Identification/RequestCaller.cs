using System.Net;
using Endpoints.RateLimiting;
using Endpoints.Wix.Apps;
using Endpoints.Wix.Calls;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Identification;

/// <summary>Holds what one request knows of its caller, who is identified at most once. It ends with the request.</summary>
/// <remarks>
/// Thread-safe. Services of the request hold on to this and never to the <see cref="HttpContext"/>, which servers use again for other
/// callers' requests.
/// </remarks>
internal sealed class RequestCaller : IConsistencyHolder, IDisposable
{
    private readonly Lock _gate = new();
    private readonly CallerIdentifier _identifier;
    private HttpContext? _context;
    private IBrowserCallers? _sessions;
    private Identity? _identity;
    private Task<Identity>? _identifying;
    private Task<AccessToken>? _minting;
    private IRequestPart? _part;

    // Where there are several apps: how the request was when its app was determined, and its callers at other apps. A pipeline that runs
    // again, such as for an error page, may come to another app's endpoint.
    private readonly WixApps? _apps;
    private readonly List<RequestCaller>? _all;
    private Place? _place;

    private RequestCaller(HttpContext context, PerApp<CallerIdentifier> callers, WixApp app, List<RequestCaller>? all)
    {
        Flow = RequestFlow.Here is { } here && here.IsOf(context) ? here : null;
        _context = context;
        _identifier = callers.Of(app);
        _sessions = _identifier.Sessions;
        if (!callers.Apps.AreSeveral)
            return;
        (_apps, _all, _place) = (callers.Apps, all ?? [], Place.Of(context));
        lock (_all)
            _all.Add(this);
    }

    private RequestCaller(HttpContext context, CallerIdentifier identifier, Identity identity)
    {
        Flow = RequestFlow.Here;
        _context = context;
        _identifier = identifier;
        _identity = identity;
    }

    /// <summary>
    /// Gets the flow of the request; <see langword="null"/> for a request that the application created itself, without the server.
    /// </summary>
    public RequestFlow? Flow { get; }

    /// <summary>Gets the app that identifies the caller.</summary>
    public WixApp App => _identifier.App;

    /// <summary>Gets a value that indicates whether the request has this caller whatever becomes of it.</summary>
    public bool IsForGood => _apps is null;

    /// <summary>Gets the identity, if the caller has been identified and is known.</summary>
    public Identity? Identified => Volatile.Read(ref _identity);

    /// <summary>Gets or sets the <c>X-Wix-Consistent</c> of a caller who has no id yet.</summary>
    string? IConsistencyHolder.Consistent { get; set; }

    public bool HasEnded => Volatile.Read(ref _context) is null;

    /// <summary>Gets a value that indicates whether what is known of the caller is valid without asking again.</summary>
    public bool Holds => Identified is not { Caller: not null } known || _identifier.Holds(known);

    /// <summary>Gets the clock that determines when the caller's right ends.</summary>
    public TimeProvider Time => _identifier.Time;

    /// <summary>Determines whether the request was sent to the application that has this service.</summary>
    public bool IsOf(CallerIdentifier application) => ReferenceEquals(_identifier, application);

    private bool IsOf(HttpContext context) => Volatile.Read(ref _context) is not { } own || ReferenceEquals(own.Features, context.Features);

    /// <summary>Returns the caller of a request, which is created at the first call.</summary>
    /// <exception cref="InvalidOperationException">The application has not called <c>AddWix</c>.</exception>
    public static RequestCaller Of(HttpContext context)
    {
        // A request that was made of this one may have been given its features.
        var known = context.Features.Get<RequestCaller>() is { } set && set.IsOf(context) ? set : null;
        if (known?.IsStill(context) == true)
            return known;
        var callers = context.RequestServices.GetService<PerApp<CallerIdentifier>>()
            ?? throw new InvalidOperationException(
                "This endpoint asks who is calling, but Wix is not set up. Call builder.Services.AddWix(builder.Configuration) in "
                + "Program.cs.");
        var app = callers.Apps.Of(context);
        if (known?.At(app) is { } before)
        {
            Volatile.Write(ref before._place, Place.Of(context));
            context.Features.Set(before);
            return before;
        }

        var caller = new RequestCaller(context, callers, app, known?._all);
        context.Features.Set(caller);
        context.Response.OnCompleted(static state =>
        {
            ((RequestCaller)state).End();
            return Task.CompletedTask;
        }, caller);
        return caller;
    }

    /// <summary>Determines whether the request is still for the app that identifies this caller.</summary>
    public bool IsStill(HttpContext context)
    {
        if (_apps is null || Volatile.Read(ref _place)?.IsStill(context) != false)
            return true;
        if (_apps.Of(context) != App)
            return false;
        Volatile.Write(ref _place, Place.Of(context));
        return true;
    }

    /// <summary>
    /// Returns the caller of work that Wix's signature has admitted, and that stands in no request. It ends when it is disposed.
    /// </summary>
    /// <param name="context">The place of the work, which no server has made.</param>
    /// <param name="identifier">The application.</param>
    /// <param name="cause">Who caused the work.</param>
    public static RequestCaller OfSigned(HttpContext context, CallerIdentifier identifier, Caller cause)
    {
        var caller = new RequestCaller(context, identifier, Identity.Named(cause));
        context.Features.Set(caller);
        return caller;
    }

    /// <summary>Returns further data of the request; <see langword="null"/> if there is none yet.</summary>
    public T? Part<T>()
        where T : class, IRequestPart => Volatile.Read(ref _part) as T;

    /// <summary>Returns further data of the request, which is created if there is none yet. There is one such object.</summary>
    public T PartOrNew<T>(Func<T> make)
        // just set
        where T : class, IRequestPart => (T)(Volatile.Read(ref _part) ?? Interlocked.CompareExchange(ref _part, make(), null) ?? _part!);

    /// <summary>Identifies the caller.</summary>
    /// <exception cref="ObjectDisposedException">The request has ended.</exception>
    public ValueTask<Identity> IdentifyAsync(CancellationToken ct)
    {
        if (Identified is { } known)
            return new(known);
        lock (_gate)
        {
            var context = _context ?? throw Ended();
            if (_identifying is null)
            {
                var identifying = _identifier.IdentifyAsync(context, context.RequestAborted); // both leave together
                if (identifying.IsCompletedSuccessfully)
                {
                    _identity = identifying.Result;
                    return new(_identity);
                }

                _identifying = KeepAsync(context, identifying);
            }

            return new(_identifying.WaitAsync(ct));
        }
    }

    /// <summary>
    /// Confirms the caller with Wix. It is asked again if its answer is no longer fresh; a session or token that has ended since identifies
    /// nobody.
    /// </summary>
    /// <returns>A task that returns the same caller as before, or the reason why not. A refusal holds until the request ends.</returns>
    /// <exception cref="ObjectDisposedException">The request has ended.</exception>
    public ValueTask<Identity> ConfirmAsync(CancellationToken ct) =>
        Identified is not { } known ? IdentifyAsync(ct)
        : Holds ? new(known)
        : AskAgainAsync(known, ct);

    /// <summary>
    /// Returns the caller's own token. A visitor who has none gets one now, and a session with it if the response has not started.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The request has ended.</exception>
    /// <exception cref="WixApiException">The caller's token is not accepted.</exception>
    /// <exception cref="WixUnavailableException">Wix could not be asked, or issues no token to the visitor.</exception>
    public async ValueTask<AccessToken> TokenAsync(CancellationToken ct)
    {
        var identity = await IdentifyAsync(ct).ConfigureAwait(false);
        identity.Demand();
        if (identity.Source == CallerSource.Signed)
        {
            throw new InvalidOperationException(
                "WixClient calls as the caller, and whoever caused an event has sent no token with it. Use ElevatedWixClient, which calls "
                + "as the app.");
        }

        // Wix decides about the token, but that its session was logged out is known here.
        if (identity.Session?.HasEnded == true)
            throw new WixApiException("The caller's session has ended.", HttpStatusCode.Unauthorized);
        if (identity.Token is { } own)
            return own;
        if (identity.Service is not null)
        {
            throw new InvalidOperationException(
                "The caller is a service, which Wix doesn't know, and WixClient calls Wix as the caller. Use ElevatedWixClient or WixAuth "
                + "where services may call.");
        }

        // Who was a member a moment ago must not act as somebody else without knowing.
        if (identity.Refusal == Refusal.SessionEnded)
            throw new WixApiException("The caller's session has ended at Wix.", HttpStatusCode.Unauthorized);
        Task<AccessToken> minting;
        lock (_gate)
            minting = _minting ??= _sessions!.BeginVisitorAsync(_context ?? throw Ended()); // they leave together
        return await minting.WaitAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Returns the exception for a use after the request.</summary>
    public static ObjectDisposedException Ended() =>
        new(nameof(WixClient), "The request that this Wix client belongs to has ended. Finish calls to Wix before the handler returns.");

    void IDisposable.Dispose() => End();

    private async Task<Identity> KeepAsync(HttpContext context, ValueTask<Identity> identifying)
    {
        var asking = identifying.AsTask();
        Identity identity;
        try
        {
            identity = await asking.WaitAsync(_identifier.Patience, TimeProvider.System).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Each step had its time, and all together had too much. What comes later is not this response's.
            _sessions?.LeaveAlone(context);
            _ = asking.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default);
            identity = Identity.Unavailable(CallerSource.None, new("Wix did not say in time who is calling."));
        }

        Volatile.Write(ref _identity, identity);
        return identity;
    }

    private async ValueTask<Identity> AskAgainAsync(Identity known, CancellationToken ct)
    {
        var context = Volatile.Read(ref _context) ?? throw Ended();
        var now = await _identifier.ConfirmAsync(known, ClientAddress.Of(context), ct).ConfigureAwait(false);
        if (now.Refusal is Refusal.Unavailable or Refusal.Limited)
            return now;
        // Of two that ask at once the first counts, unless the other was refused.
        var current = Interlocked.CompareExchange(ref _identity, now, known);
        if (current == known)
            return now;
        if (now.Caller is null)
            Volatile.Write(ref _identity, now);
        return now.Caller is null ? now : current!; // it was known
    }

    private RequestCaller? At(WixApp app)
    {
        if (_all is null)
            return null;
        lock (_all)
            return _all.Find(caller => caller.App == app);
    }

    private void End()
    {
        lock (_gate)
        {
            _context = null;
            _sessions = null;
        }

        Volatile.Read(ref _part)?.End();
    }

    private sealed record Place(Endpoint? Endpoint, string? Host)
    {
        public static Place Of(HttpContext context) => new(context.GetEndpoint(), context.Request.Host.Value);

        public bool IsStill(HttpContext context) =>
            ReferenceEquals(Endpoint, context.GetEndpoint()) && Host == context.Request.Host.Value;
    }
}
