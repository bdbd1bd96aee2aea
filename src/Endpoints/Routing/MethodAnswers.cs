using Endpoints.CrossSite;
using Endpoints.Problems;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Routing;

/// <summary>Works out which endpoint answers which method of a file, and makes those that no handler stands behind: 405, OPTIONS and CORS preflights.</summary>
internal sealed class MethodAnswers(FileRoute file, FilePattern pattern, int order, OriginCheck origin)
{
    /// <param name="handlers">The file's endpoints by method, <see cref="FileRouteMethod.All"/> among them.</param>
    public MethodMap<Endpoint> Map(IReadOnlyDictionary<string, RouteEndpoint> handlers)
    {
        var all = handlers.GetValueOrDefault(FileRouteMethod.All);
        var methods = handlers.Where(static handler => handler.Key != FileRouteMethod.All).ToDictionary(static handler => handler.Key, static Endpoint (handler) => handler.Value);
        if (methods.TryGetValue(HttpMethods.Get, out var get))
            methods.TryAdd(HttpMethods.Head, get);

        var allow = string.Join(", ", methods.Keys.Append(HttpMethods.Options).Distinct().Order(StringComparer.Ordinal));
        return new MethodMap<Endpoint>(
            [.. methods],
            all ?? Unanswered(allow),
            [.. from handler in handlers
                let cors = handler.Value.Metadata.GetOrderedMetadata<ICorsMetadata>()
                where cors.Count > 0
                select KeyValuePair.Create<string, Endpoint>(handler.Key == FileRouteMethod.All ? MethodMap<Endpoint>.AnyOther : handler.Key, Preflight(allow, cors))]);
    }

    /// <summary>What redirects to the other form of the path.</summary>
    public Endpoint Redirect() => Make(SlashRedirect.Invoke, "trailing slash");

    private RouteEndpoint Unanswered(string allow)
    {
        var refuse = origin.Wrap(context => RefuseAsync(context, allow), method: null, cors: null);
        return Make(context => HttpMethods.IsOptions(context.Request.Method) ? ShowAllow(context, allow) : refuse(context), "no handler");
    }

    /// <summary>The CORS middleware answers it by the policy of the method that is asked for. It never runs that method's handler.</summary>
    private RouteEndpoint Preflight(string allow, IReadOnlyList<ICorsMetadata> cors) => Make(context => ShowAllow(context, allow), "preflight", [.. cors]);

    private static Task ShowAllow(HttpContext context, string allow)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers.Allow = allow;
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(HttpContext context, string allow)
    {
        context.Response.Headers.Allow = allow;
        return ProblemWriter.WriteAsync(context, RequestProblems.MethodNotAllowed);
    }

    private RouteEndpoint Make(RequestDelegate answer, string what, params object[] metadata) =>
        new(answer, pattern.Matched, order, new EndpointMetadataCollection([file, .. metadata]), $"{pattern.Shown.RawText} ({file.File}): {what}");
}
