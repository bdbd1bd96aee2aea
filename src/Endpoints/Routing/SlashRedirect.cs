using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Endpoints.Routing;

/// <summary>
/// Redirects a client to the same path with or without its trailing slash. Escapes and query stay as they were sent. Characters that are
/// not valid in an address are escaped, as a browser would have done.
/// </summary>
internal static class SlashRedirect
{
    private const string EscapedInPath = "\"<>`{}";
    private const string EscapedInQuery = "\"<>'";

    public static Task Invoke(HttpContext context)
    {
        context.Response.StatusCode = HttpMethods.IsGet(context.Request.Method)
            ? StatusCodes.Status301MovedPermanently
            : StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location = Location(context);
        return Task.CompletedTask;
    }

    private static string Location(HttpContext context)
    {
        var request = context.Request;
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var sent = query < 0 ? target : target[..query];
        var path = IsPlain(sent, request) ? sent : (request.PathBase + request.Path).ToUriComponent();
        var location = Escape(path.EndsWith('/') ? path.TrimEnd('/') : path + "/", EscapedInPath);
        return query < 0 || query == target.Length - 1 ? location : location + Escape(target[query..], EscapedInQuery);
    }

    /// <summary>
    /// Determines whether the path that was sent is the matched path, merely escaped. Otherwise (an absolute address, dot segments, a path
    /// that middleware changed), the matched path is written anew. To browsers, a backslash would be a slash and lead to another site.
    /// </summary>
    private static bool IsPlain(string sent, HttpRequest request) =>
        sent.StartsWith('/')
        && !sent.StartsWith("//", StringComparison.Ordinal)
        && !sent.Contains('\\', StringComparison.Ordinal)
        && Unescape(sent) == Unescape((request.PathBase + request.Path).Value ?? "");

    private static string Escape(string text, string characters) => text.AsSpan().IndexOfAny(characters) < 0
        ? text
        : string.Concat(text.Select(c => characters.Contains(c, StringComparison.Ordinal) ? Uri.HexEscape(c) : c.ToString()));

    private static string Unescape(string path) => Uri.UnescapeDataString(path);
}
