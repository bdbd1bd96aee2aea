using Endpoints.Problems;
using Endpoints.Routing;
using Endpoints.Shared.Naming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Endpoints.Handlers;

/// <summary>Represents the result of <see cref="ApiContext.Rewrite"/>.</summary>
internal sealed class RewriteAnswer : IResult
{
    private const int MostRewrites = 4;

    private static readonly string[] ForwardedNames =
    [
        ForwardedHeadersDefaults.XForwardedForHeaderName, ForwardedHeadersDefaults.XForwardedHostHeaderName,
        ForwardedHeadersDefaults.XForwardedProtoHeaderName, ForwardedHeadersDefaults.XForwardedPrefixHeaderName,
    ];

    private readonly PathString _path;
    private readonly QueryString _query;

    public RewriteAnswer(string path)
    {
        if (path is not ['/', ..] || path.StartsWith("//", StringComparison.Ordinal))
            throw new ArgumentException("The path of a rewrite begins with one '/'.", nameof(path));

        // As in a request: dot segments are resolved, and an escaped slash stays one.
        var address = new Uri("http://rewrite" + path);
        // As servers answer a request with such a path. It comes from one that none of them has seen.
        if (address.AbsolutePath.Contains("%00", StringComparison.Ordinal))
            throw new BadHttpRequestException("The path of a rewrite contains a null character.");
        _path = PathString.FromUriComponent(address.AbsolutePath.Replace("%2F", "%252F", StringComparison.OrdinalIgnoreCase));
        _query = QueryString.FromUriComponent(address.Query);
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var api = ApiContext.Of(httpContext);
        if (api.Rewrites == MostRewrites)
        {
            await ProblemWriter.WriteAsync(httpContext, RequestProblems.Loop).ConfigureAwait(false);
            return;
        }
        var pipeline = httpContext.RequestServices.GetRequiredService<FileRouteRegistry>().Pipeline
            ?? throw new InvalidOperationException("A request can only be rewritten in a running application.");
        var options = httpContext.RequestServices.GetRequiredService<IOptions<FileRouteOptions>>().Value;

        RewoundBody.Rewind(httpContext);
        var request = httpContext.Request;
        var (pathBase, path, query, values, endpoint) =
            (request.PathBase, request.Path, request.QueryString, request.RouteValues, httpContext.GetEndpoint());
        api.RewrittenFrom ??= api.OriginPathname;
        api.Rewrites++;
        PutPath(httpContext, options);
        request.QueryString = _query;
        request.RouteValues = [];
        httpContext.SetEndpoint(null);
        var forwarded = WithoutForwarded(httpContext);
        var features = RewriteFeatures.PutAside(httpContext);
        try
        {
            await pipeline(httpContext).ConfigureAwait(false);
        }
        finally
        {
            features.PutBack();
            request.PathBase = pathBase;
            request.Path = path;
            request.QueryString = query;
            request.RouteValues = values;
            httpContext.SetEndpoint(endpoint);
            foreach (var (name, value) in forwarded)
                request.Headers[name] = value;
        }
    }

    /// <summary>
    /// Puts the path of the other file in place as the pipeline gets it, with what middleware took off for the base path: it takes that
    /// off again.
    /// </summary>
    private void PutPath(HttpContext context, FileRouteOptions options)
    {
        var request = context.Request;
        var path = request.PathBase.HasValue && _path.StartsWithSegments(request.PathBase, out var below) ? below : _path;
        var start = PathBaseAtStart.Of(context);
        if (!request.PathBase.StartsWithSegments(start, out var taken))
            (start, taken) = (request.PathBase, PathString.Empty);
        request.PathBase = start;
        request.Path = taken + InForm(path.HasValue ? path : new("/"), options);
    }

    /// <summary>
    /// Removes the headers that proxies write. The forwarded headers middleware has consumed its share of them: a second time, it would
    /// take the client's address from the client itself.
    /// </summary>
    private static List<KeyValuePair<string, StringValues>> WithoutForwarded(HttpContext context)
    {
        var options = context.RequestServices.GetService<IOptions<ForwardedHeadersOptions>>()?.Value ?? new ForwardedHeadersOptions();
        var taken = new List<KeyValuePair<string, StringValues>>();
        foreach (var name in ForwardedNames.Append(options.ForwardedForHeaderName).Append(options.ForwardedHostHeaderName)
            .Append(options.ForwardedProtoHeaderName).Append(options.ForwardedPrefixHeaderName))
        {
            if (context.Request.Headers.Remove(name, out var value))
                taken.Add(KeyValuePair.Create(name, value));
        }

        return taken;
    }

    /// <summary>
    /// Returns the path under the base path, with or without trailing slash as the option requires: a rewrite redirects nobody.
    /// </summary>
    private static PathString InForm(PathString path, FileRouteOptions options)
    {
        var root = new PathString(options.BasePath.TrimEnd('/'));
        var text = (path.StartsWithSegments(root) ? path : root + path).Value!;
        return new(options.TrailingSlash switch // a text would be decoded once more
        {
            TrailingSlash.Always when !text.EndsWith('/') && !RouteSegments.EndsLikeFile(text) => text + "/",
            TrailingSlash.Never when text.Length > 1 => text.TrimEnd('/'),
            _ => text,
        });
    }
}
