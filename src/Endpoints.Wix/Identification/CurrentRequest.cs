using Endpoints.Wix.Apps;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Identification;

/// <summary>Determines the request for which a client calls, at the place where the client is used, never where it was created.</summary>
/// <remarks>
/// A client that comes from a request's own services is tied to that request and refuses to be used in any other flow. Every other one (a
/// singleton's, an HTTP message handler's, a scope's within the request) speaks for the request that is going on where the call is made.
/// </remarks>
internal sealed class CurrentRequest(IHttpContextAccessor accessor, CallerIdentifier application)
{
    /// <summary>Returns the request to which a client from these services is tied; <see langword="null"/> for none.</summary>
    public static RequestCaller? TieTo(IServiceProvider services) =>
        RequestFlow.Here?.CallerOf(services is AppServices { Inner: var scope } ? scope : services);

    /// <summary>Gets a value that indicates whether the current work is part of a request, or was begun by one.</summary>
    public bool IsHere => RequestFlow.Here is not null || accessor.HttpContext is not null;

    /// <summary>Returns the request to call for; <see langword="null"/> if there is none here.</summary>
    /// <param name="tied">The request that the client is tied to; <see langword="null"/> for none.</param>
    /// <exception cref="ObjectDisposedException">The request has ended.</exception>
    /// <exception cref="InvalidOperationException">The client is tied to another request than the current one.</exception>
    public RequestCaller? Find(RequestCaller? tied)
    {
        if (tied?.HasEnded == true)
            throw RequestCaller.Ended();
        if (RequestFlow.Here is not { } flow)
            return tied is null ? null : throw Elsewhere("outside any request's own work");
        var request = flow.Caller();
        if (tied is not null && tied != request)
            throw Elsewhere("in the work of another");
        if (flow.HasEnded || request.HasEnded)
            throw RequestCaller.Ended();
        if (!request.IsOf(application))
        {
            throw Elsewhere(request.App.Name == application.App.Name
                ? "in a request to another application of this process"
                : $"as {application.App} in a request that is for {request.App}");
        }
        // A request that the application makes of another one: nothing says which of the two is meant.
        if (!flow.IsNested && accessor.HttpContext is { } context && !flow.IsOf(context))
            throw Elsewhere("where IHttpContextAccessor names another");
        return request;
    }

    private static InvalidOperationException Elsewhere(string where) => new(
        $"This Wix client belongs to one request, and was used {where}: it would speak for somebody else. Don't keep clients, or "
        + "delegates of auth.Elevate(...), in "
        + "static fields, caches or queues, and don't use them within ExecutionContext.SuppressFlow(); take one from the services of the "
            + "request that makes the call.");
}
