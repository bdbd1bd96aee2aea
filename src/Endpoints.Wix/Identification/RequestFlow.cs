using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Identification;

/// <summary>The request that what is going on here belongs to: its handler, and all that it began, also where it has ended since.</summary>
/// <remarks>
/// It goes wherever an execution context does: into tasks, timers and other threads, and not past <see cref="ExecutionContext.SuppressFlow"/>. The framework's own
/// accessor is not enough: it forgets a request that has ended, so that what that left looks like a job, anybody may set it, and the context it gives may be
/// another request's by now. Thread-safe.
/// </remarks>
internal sealed class RequestFlow
{
    private static readonly AsyncLocal<RequestFlow?> Flows = new();

    private HttpContext? _context;
    private RequestCaller? _caller;

    /// <summary>A request's flow, which begins with <see cref="Go"/> and ends with <see cref="End"/>.</summary>
    public RequestFlow(HttpContext context) => _context = context;

    /// <summary>A flow for a request that has been given to a handler past the server: one that an application makes of another.</summary>
    private RequestFlow(RequestCaller caller)
    {
        _caller = caller;
        IsNested = true;
    }

    /// <summary>The flow here; null where no request is going on.</summary>
    public static RequestFlow? Here => Flows.Value;

    /// <summary>Whether the request was made by the application within another.</summary>
    public bool IsNested { get; }

    public bool HasEnded => Volatile.Read(ref _context) is null && (!IsNested || _caller!.HasEnded);

    /// <summary>Goes on with the request.</summary>
    public Task Go(RequestDelegate next)
    {
        var before = ExecutionContext.Capture();
        Flows.Value = this;
        try
        {
            return next(_context!); // it has just begun
        }
        catch (Exception e)
        {
            return Task.FromException(e);
        }
        finally
        {
            // The server goes on with other requests.
            if (before is null)
                Flows.Value = null;
            else
                ExecutionContext.Restore(before);
        }
    }

    /// <summary>Makes what the calling method goes on with, which must be an asynchronous one, the flow of a request, unless it is that already.</summary>
    public static void Enter(RequestCaller caller)
    {
        if (Here?._caller != caller && Here?.Find() != caller)
            Flows.Value = new(caller);
    }

    /// <summary>Refuses a context that was kept: who asks about it here would hear of another request's caller.</summary>
    /// <exception cref="InvalidOperationException">The request is not the one that is going on here.</exception>
    public static void Demand(RequestCaller request)
    {
        if (Here is { } here && request.Flow is { } own && own != here)
        {
            throw new InvalidOperationException(
                "This HttpContext is another request's than the one that is going on here. Don't keep one: its caller is that request's, and servers use it again.");
        }
    }

    /// <summary>The request of this flow.</summary>
    /// <exception cref="ObjectDisposedException">It has ended, and nobody had asked who its caller is.</exception>
    public RequestCaller Caller() => Find() ?? throw RequestCaller.Ended();

    /// <summary>The request, if these are its own services: not a scope within it, nor the application's.</summary>
    public RequestCaller? CallerOf(IServiceProvider services)
    {
        lock (this)
        {
            if (_context is null || !ReferenceEquals(_context.RequestServices, services))
                return null;
        }

        return Find();
    }

    /// <summary>Whether a context is one of this flow's request.</summary>
    public bool IsOf(HttpContext context)
    {
        lock (this)
            return _context is not null && ReferenceEquals(_context.Features, context.Features);
    }

    /// <summary>Ends the flow. The server may use the context for another request from here on.</summary>
    public void End()
    {
        lock (this)
            _context = null;
    }

    private RequestCaller? Find()
    {
        if (Volatile.Read(ref _caller) is { } known)
            return known;
        lock (this)
        {
            if (_caller is null && _context is not null)
                Volatile.Write(ref _caller, RequestCaller.Of(_context));
            return _caller;
        }
    }
}
