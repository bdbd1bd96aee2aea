using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Identification;

/// <summary>
/// Represents the request to which the current work belongs: its handler and everything that it began, even after the request has ended.
/// </summary>
/// <remarks>
/// It goes wherever an execution context does: into tasks, timers and other threads, and not past
/// <see cref="ExecutionContext.SuppressFlow"/>. The framework's own accessor is not enough: it forgets a request that has ended, so that
/// what that left looks like a job, anybody may set it, and the context it gives may be another request's by now. Thread-safe.
/// </remarks>
internal sealed class RequestFlow
{
    private static readonly AsyncLocal<RequestFlow?> Flows = new();

    private HttpContext? _context;
    private RequestCaller? _caller;

    /// <summary>
    /// Initializes a new instance of the <see cref="RequestFlow"/> class for a request. The flow begins with <see cref="Go"/> and ends with
    /// <see cref="End"/>.
    /// </summary>
    public RequestFlow(HttpContext context) => _context = context;

    /// <summary>
    /// Initializes a new instance of the <see cref="RequestFlow"/> class for a request that was given to a handler without the server: one
    /// that an application creates from another.
    /// </summary>
    private RequestFlow(RequestCaller caller)
    {
        _caller = caller;
        IsNested = true;
    }

    /// <summary>Gets the current flow; <see langword="null"/> outside a request.</summary>
    public static RequestFlow? Here => Flows.Value;

    /// <summary>Gets a value that indicates whether the application created the request within another.</summary>
    public bool IsNested { get; }

    public bool HasEnded => Volatile.Read(ref _context) is null && (!IsNested || _caller!.HasEnded);

    /// <summary>Continues with the request.</summary>
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

    /// <summary>Makes the rest of the calling method, which must be asynchronous, the flow of a request, unless it already is.</summary>
    public static void Enter(RequestCaller caller)
    {
        if (Here?._caller != caller && Here?.Find() != caller)
            Flows.Value = new(caller);
    }

    /// <summary>Refuses a context that was kept. Asking about it here would return another request's caller.</summary>
    /// <exception cref="InvalidOperationException">The request is not the current one.</exception>
    public static void Demand(RequestCaller request)
    {
        if (Here is { } here && request.Flow is { } own && own != here)
        {
            throw new InvalidOperationException(
                "This HttpContext is another request's than the one that is going on here. Don't keep one: its caller is that request's, "
                + "and servers use it again.");
        }
    }

    /// <summary>Returns the request of this flow.</summary>
    /// <exception cref="ObjectDisposedException">The request has ended, and its caller had not been asked for.</exception>
    public RequestCaller Caller() => Find() ?? throw RequestCaller.Ended();

    /// <summary>Returns the request if these are its own services, rather than a scope within it or the application's.</summary>
    public RequestCaller? CallerOf(IServiceProvider services)
    {
        lock (this)
        {
            if (_context is null || !ReferenceEquals(_context.RequestServices, services))
                return null;
        }

        return Find();
    }

    /// <summary>Determines whether a context belongs to this flow's request.</summary>
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

    /// <summary>Returns the request of this flow; <see langword="null"/> if it has ended, and its caller had not been asked for.</summary>
    public RequestCaller? Find()
    {
        if (Volatile.Read(ref _caller) is { IsForGood: true } known)
            return known;
        lock (this)
        {
            if (_context is not null && _caller?.IsStill(_context) != true)
                Volatile.Write(ref _caller, RequestCaller.Of(_context));
            return _caller;
        }
    }
}
