using Endpoints.Origins;
using Endpoints.Problems;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Routing;

/// <summary>Works out which endpoint answers which method of a file, and makes those that no handler stands behind: 405, OPTIONS and CORS preflights.</summary>
internal sealed class MethodTableBuilder
{
    private readonly FileRoute _file;
    private readonly FilePattern _pattern;
    private readonly int _order;

    /// <param name="file">The file.</param>
    /// <param name="pattern">Its route.</param>
    /// <param name="handlers">The endpoints of its methods, in their order.</param>
    /// <param name="origin">What requests of other sites pass before they are told that there is no handler.</param>
    public MethodTableBuilder(FileRoute file, FilePattern pattern, RouteEndpoint[] handlers, OriginCheck origin)
    {
        (_file, _pattern, _order) = (file, pattern, handlers.Length == 0 ? 0 : handlers[0].Order);

        var methods = new List<string>();
        var preflights = new List<string>();
        var answers = new List<RouteEndpoint>();
        RouteEndpoint? all = null;
        RouteEndpoint? get = null;
        for (var i = 0; i < handlers.Length; i++)
        {
            var method = file.Methods[i].HttpMethod;
            if (method == FileRouteMethod.All)
            {
                all = handlers[i];
                continue;
            }
            if (method == HttpMethods.Get)
                get = handlers[i];
            methods.Add(method);
            answers.Add(handlers[i]);
        }
        if (get is not null && !methods.Contains(HttpMethods.Head))
        {
            methods.Add(HttpMethods.Head);
            answers.Add(get);
        }

        var allow = Allow(methods);
        answers.Add(all ?? Unanswered(allow, origin));
        for (var i = 0; i < handlers.Length; i++)
        {
            if (handlers[i].Metadata.GetOrderedMetadata<ICorsMetadata>() is not { Count: > 0 } cors)
                continue;
            preflights.Add(handlers[i] == all ? MethodTable.AnyOther : file.Methods[i].HttpMethod);
            answers.Add(Preflight(allow, cors));
        }
        Methods = new MethodTable([.. methods], [.. preflights]);
        Answers = [.. answers];
    }

    /// <summary>Finds an answer's number.</summary>
    public MethodTable Methods { get; }

    /// <summary>The answers by their numbers.</summary>
    public RouteEndpoint[] Answers { get; }

    /// <summary>What redirects to the other form of the path.</summary>
    public RouteEndpoint Redirect() => Make(SlashRedirect.Invoke, "trailing slash");

    private static string Allow(List<string> methods)
    {
        var allowed = new List<string>(methods);
        if (!allowed.Contains(HttpMethods.Options))
            allowed.Add(HttpMethods.Options);
        allowed.Sort(StringComparer.Ordinal);
        return string.Join(", ", allowed);
    }

    private RouteEndpoint Unanswered(string allow, OriginCheck origin)
    {
        var refuse = origin.Wrap(context => RefuseAsync(context, allow), acts: false, cors: null);
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
        new(answer, _pattern.Matched, _order, new EndpointMetadataCollection([_file, .. metadata]), $"{_pattern.Shown.RawText} ({_file.File}): {what}");
}
