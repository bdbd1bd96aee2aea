using Endpoints.RateLimiting.Enforcing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.RateLimiting.Configured;

/// <summary>Provides what requests are counted by where limits are those of endpoints: the verb and the route's template.</summary>
internal static class ConfiguredRoute
{
    /// <summary>Returns the text for a request, or null for one that has no route, or has none yet.</summary>
    /// <remarks>A client chooses neither: the path that was sent makes no difference, and unknown verbs are one.</remarks>
    public static string? Of(HttpContext context)
    {
        if (context.GetEndpoint() is not RouteEndpoint { RoutePattern.RawText: { } template } endpoint)
            return null;
        var sent = context.Request.Method;
        var method = HttpMethods.IsHead(sent) ? HttpMethods.Get : HttpMethods.GetCanonicalizedValue(sent);
        return $"{(Array.IndexOf(Known, method) >= 0 ? method : "other")} {LimitPlaces.RouteOf(template, endpoint.Metadata)}";
    }

    private static readonly string[] Known =
    [
        HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Options,
    ];
}
