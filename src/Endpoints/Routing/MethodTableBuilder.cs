using Endpoints.CompilerServices;
using Endpoints.Origins;
using Endpoints.Problems;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Routing;

/// <summary>
/// Determines the endpoint for each method of a file, and creates those without a handler: 405, OPTIONS and CORS preflights.
/// </summary>
internal sealed class MethodTableBuilder
{
    private readonly FileRoute _file;
    private readonly FilePattern _pattern;
    private readonly int _order;
    private readonly int _redirected;

    /// <param name="file">The file.</param>
    /// <param name="pattern">The file's route.</param>
    /// <param name="handlers">The endpoints of its methods, in their order.</param>
    /// <param name="origin">The check that requests of other sites must pass before they learn that there is no handler.</param>
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

    /// <summary>Gets the table that finds an answer's number.</summary>
    public MethodTable Methods { get; }

    /// <summary>Gets the answers by their numbers.</summary>
    public RouteEndpoint[] Answers { get; }

    /// <summary>
    /// Returns the endpoints, by the same numbers, for paths in the other form. Each is a redirect, which a page of another site may follow
    /// if it may read the response. No browser follows a redirect for a preflight, so preflights are answered.
    /// </summary>
    public RouteEndpoint[] Redirects() =>
        [.. Answers.Select(
            (answer, number) => number < _redirected ? Make(SlashRedirect.Invoke, "trailing slash", [.. Cors(answer)]) : answer)];

    private static string Allow(List<string> methods)
    {
        var allowed = new List<string>(methods);
        if (!allowed.Contains(HttpMethods.Options))
            allowed.Add(HttpMethods.Options);
        allowed.Sort(StringComparer.Ordinal);
        return string.Join(", ", allowed);
    }

    /// <summary>
    /// Creates the answer for a method that the file does not have, or for the file as a whole. The first of its handlers with a policy
    /// determines who may see it.
    /// </summary>
    private RouteEndpoint Unanswered(string allow, OriginCheck origin, IReadOnlyList<ICorsMetadata> cors)
    {
        var refuse = origin.Wrap(context => RefuseAsync(context, allow), acts: false, cors.Count == 0 ? null : cors[^1]);
        return Make(context => HttpMethods.IsOptions(context.Request.Method) ? ShowAllow(context, allow) : refuse(context), "no handler",
            [.. cors]);
    }

    private static IReadOnlyList<ICorsMetadata> Cors(RouteEndpoint endpoint) => endpoint.Metadata.GetOrderedMetadata<ICorsMetadata>();

    /// <summary>
    /// Creates a preflight endpoint. The CORS middleware answers it by the policy of the requested method, and never runs that method's
    /// handler.
    /// </summary>
    private RouteEndpoint Preflight(string allow, IReadOnlyList<ICorsMetadata> cors) =>
        Make(context => ShowAllow(context, allow), "preflight", [.. cors]);

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
        new(answer, _pattern.Matched, _order, new EndpointMetadataCollection([_file, .. metadata]),
            $"{_pattern.Shown.RawText} ({_file.File}): {what}");
}
