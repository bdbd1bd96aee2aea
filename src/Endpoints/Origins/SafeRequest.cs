using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Endpoints.Origins;

/// <summary>Detects requests that change nothing, so that the pages of any site may send them.</summary>
/// <remarks>
/// The method's name is not enough: a WebSocket or an event stream begins as a GET and acts afterwards, and middleware may have replaced
/// the method. No browser sends a body with a GET, so one that has a body was something else.
/// </remarks>
internal static class SafeRequest
{
    private const string EventStream = "text/event-stream";
    private const string HubMetadata = "Microsoft.AspNetCore.SignalR.HubMetadata";

    // By name of header: who overrides methods leaves the header behind.
    private static readonly string[] Overrides = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"];

    /// <summary>Determines whether a method changes nothing. Letter case counts.</summary>
    public static bool IsSafeMethod(string method) => method is "GET" or "HEAD" or "OPTIONS";

    /// <summary>
    /// Determines whether an endpoint acts on each request, regardless of its method, because it answers with an event stream or is a hub.
    /// </summary>
    public static bool AlwaysActs(IEnumerable<object> metadata) => metadata.Any(static item =>
        (item is IProducesResponseTypeMetadata produces && produces.ContentTypes.Any(IsEventStream))
            || item.GetType().FullName == HubMetadata);

    /// <summary>Determines whether a content type is an event stream.</summary>
    public static bool IsEventStream(string type) => type.Contains(EventStream, StringComparison.OrdinalIgnoreCase);

    /// <summary>Determines whether a request changes nothing.</summary>
    public static bool Is(HttpContext context)
    {
        var request = context.Request;
        return IsSafeMethod(request.Method) && !OpensConnection(context) && !WantsEvents(request) && !HasBody(context)
            && !IsOverridden(request);
    }

    // What the server would let the application do counts, and what the client asks for: a proxy may keep either from being said.
    private static bool OpensConnection(HttpContext context) =>
        context.Request.Headers.Upgrade.Count > 0
        || context.Request.Headers.SecWebSocketVersion.Count > 0
        || context.Request.Headers.SecWebSocketKey.Count > 0
        || context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        || context.Features.Get<IHttpWebSocketFeature>() is { IsWebSocketRequest: true }
        || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    private static bool WantsEvents(HttpRequest request)
    {
        foreach (var accepted in request.Headers.Accept)
        {
            if (accepted is not null && IsEventStream(accepted))
                return true;
        }

        return false;
    }

    private static bool HasBody(HttpContext context) =>
        context.Request.ContentLength > 0
        || context.Request.Headers.TransferEncoding.Count > 0
        || context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true };

    private static bool IsOverridden(HttpRequest request)
    {
        foreach (var name in Overrides)
        {
            if (request.Headers.ContainsKey(name))
                return true;
        }

        return false;
    }
}
