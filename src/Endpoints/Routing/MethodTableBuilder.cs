using Endpoints.CompilerServices;
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
    private readonly int _redirected;

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
        var cors = handlers.Select(Cors).FirstOrDefault(static own => own.Count > 0) ?? [];
        answers.Add(all ?? Unanswered(allow, origin, cors));
        var count = answers.Count;
        for (var i = 0; i < handlers.Length; i++)
        {
            if (Cors(handlers[i]) is not { Count: > 0 } own)
                continue;
            preflights.Add(handlers[i] == all ? MethodTable.AnyOther : file.Methods[i].HttpMethod);
            answers.Add(Preflight(allow, own));
        }
        Methods = new MethodTable([.. methods], [.. preflights]);
        Answers = [.. answers];
        _redirected = count;
    }

    /// <summary>Finds an answer's number.</summary>
    public MethodTable Methods { get; }

    /// <summary>The answers by their numbers.</summary>
    public RouteEndpoint[] Answers { get; }

    /// <summary>
    /// What answers by the same numbers when the path has its other form: a redirect, which a page of another site may follow where it may read the answer. No browser
    /// follows one for a preflight, so these are answered.
    /// </summary>
    public RouteEndpoint[] Redirects() =>
        [.. Answers.Select((answer, number) => number < _redirected ? Make(SlashRedirect.Invoke, "trailing slash", [.. Cors(answer)]) : answer)];

    private static string Allow(List<string> methods)
    {
        var allowed = new List<string>(methods);
        if (!allowed.Contains(HttpMethods.Options))
            allowed.Add(HttpMethods.Options);
        allowed.Sort(StringComparer.Ordinal);
        return string.Join(", ", allowed);
    }

    /// <summary>What is said of a method that the file does not have, or of the file as a whole: to whom the first of its handlers with a policy may be shown.</summary>
    private RouteEndpoint Unanswered(string allow, OriginCheck origin, IReadOnlyList<ICorsMetadata> cors)
    {
        var refuse = origin.Wrap(context => RefuseAsync(context, allow), acts: false, cors.Count == 0 ? null : cors[^1]);
        return Make(context => HttpMethods.IsOptions(context.Request.Method) ? ShowAllow(context, allow) : refuse(context), "no handler", [.. cors]);
    }

    private static IReadOnlyList<ICorsMetadata> Cors(RouteEndpoint endpoint) => endpoint.Metadata.GetOrderedMetadata<ICorsMetadata>();

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
