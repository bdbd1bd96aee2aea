using System.Net;
using Endpoints.CompilerServices;
using Endpoints.Handlers;
using Endpoints.Origins;
using Endpoints.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints;

/// <summary>What Astro's API context gives an endpoint, for handlers that take it as a parameter. Mirrors <c>APIContext</c>.</summary>
/// <remarks>There is one for each request, also after <see cref="Rewrite"/>. Like the request itself it is not for use by several threads at once.</remarks>
public sealed class ApiContext
{
    private readonly HttpContext _context;
    private ApiCookies? _cookies;
    private Dictionary<string, object?>? _locals;

    private ApiContext(HttpContext context) => _context = context;

    /// <summary>The request, with the readers of its body. Mirrors <c>request</c>.</summary>
    public HttpRequest Request => _context.Request;

    /// <summary>
    /// The parameters of the route, from the path only, by the names in the file's path; letter case aside. A rest that took nothing is null. Mirrors
    /// <c>params</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Params
    {
        get
        {
            var values = Request.RouteValues;
            IEnumerable<string> names = _context.GetEndpoint()?.Metadata.GetMetadata<FilePattern>() is { } pattern ? pattern.Route.Parameters : values.Keys;
            return names.ToDictionary(static name => name, name => values[name]?.ToString(), StringComparer.OrdinalIgnoreCase);
        }
    }

    /// <summary>
    /// The address of the request: scheme and host as the request has them (<c>localhost</c> for a host that can't be one), the path escaped in one way whatever was sent, and the query. After
    /// <see cref="Rewrite"/> the new address. Mirrors <c>url</c>.
    /// </summary>
    public Uri Url => RequestHost.Of(Request) is { } host && Uri.TryCreate(Address(host), UriKind.Absolute, out var url) ? url : new(Address(new("localhost")));

    /// <summary>The cookies of the request, and those to set. Mirrors <c>cookies</c>.</summary>
    public ApiCookies Cookies => _cookies ??= new ApiCookies(_context);

    /// <summary>Values that middleware, filters and handlers leave for each other during one request; empty at first. Mirrors <c>locals</c>.</summary>
    public IDictionary<string, object?> Locals => _locals ??= new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>
    /// The address of the client, as the connection or the forwarded headers middleware tells it; null when there is none, as in an in-memory server.
    /// Mirrors <c>clientAddress</c>.
    /// </summary>
    public string? ClientAddress => Unmapped(_context.Connection.RemoteIpAddress)?.ToString();

    /// <summary>The site's public address from <see cref="FileRouteOptions.Site"/>, or null. Mirrors <c>site</c>.</summary>
    public Uri? Site => Options.Site;

    /// <summary>The route of the file in Astro's notation, without base path: <c>/api/products/[id]</c>. Empty outside of file routes. Mirrors <c>routePattern</c>.</summary>
    public string RoutePattern => _context.GetEndpoint()?.Metadata.GetMetadata<FileRoute>()?.Route ?? "";

    /// <summary>
    /// The path that was asked for, also after <see cref="Rewrite"/>: unescaped, without base path, and with a trailing slash unless
    /// <see cref="TrailingSlash.Never"/> is set. Mirrors <c>originPathname</c>.
    /// </summary>
    public string OriginPathname => RewrittenFrom ?? Pathname();

    /// <summary>The <see cref="OriginPathname"/> of a request that was rewritten; otherwise null.</summary>
    internal string? RewrittenFrom { get; set; }

    /// <summary>How often the request was rewritten.</summary>
    internal int Rewrites { get; set; }

    private FileRouteOptions Options => _context.RequestServices.GetRequiredService<IOptions<FileRouteOptions>>().Value;

    /// <summary>The context of a request: for middleware and filters. Handlers take it as a parameter.</summary>
    /// <param name="context">The request's HTTP context.</param>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    public static ApiContext Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Items.TryGetValue(typeof(ApiContext), out var known) && known is ApiContext existing)
            return existing;
        var made = new ApiContext(context);
        context.Items[typeof(ApiContext)] = made;
        return made;
    }

    /// <summary>Gives a handler's parameter of this type its value. Called by ASP.NET Core.</summary>
    /// <param name="context">The request's HTTP context.</param>
    public static ValueTask<ApiContext?> BindAsync(HttpContext context) => new(Of(context));

    /// <summary>Sends the client elsewhere. Mirrors <c>redirect()</c>.</summary>
    /// <param name="path">A path or an address, sent as it is but for characters that a header can't hold, which are percent-encoded. No base path is added.</param>
    /// <param name="status">The status, from 200 to 599; 302 by default.</param>
    /// <returns>The result for the handler to return.</returns>
    /// <remarks>Never pass on a path that came with the request: it may lead to another site.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> contains a line break or another control character.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The answer has started.</exception>
    public IResult Redirect(string path, int status = StatusCodes.Status302Found) => _context.Response.HasStarted
        ? throw new InvalidOperationException("A client can't be redirected once the answer has started.")
        : new RedirectAnswer(path, status);

    /// <summary>
    /// Lets another file answer the request, with the same method. The request runs through the whole pipeline again, so that whatever guards the other
    /// file guards it now. Mirrors <c>rewrite()</c>.
    /// </summary>
    /// <param name="path">
    /// The path of the other file, with or without base path, and a query if there shall be one: that of the first request is gone. It begins with <c>/</c>.
    /// </param>
    /// <returns>The result for the handler to return. A request that is rewritten more than four times is answered with 508.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> does not begin with one <c>/</c>.</exception>
    /// <exception cref="InvalidOperationException">The answer has started.</exception>
    public IResult Rewrite(string path) => _context.Response.HasStarted
        ? throw new InvalidOperationException("A request can't be rewritten once the answer has started.")
        : new RewriteAnswer(path ?? throw new ArgumentNullException(nameof(path)));

    private static IPAddress? Unmapped(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    private string Address(HostString host) => UriHelper.BuildAbsolute(Request.Scheme, host, Request.PathBase, Request.Path, Request.QueryString);

    private string Pathname()
    {
        var path = Request.Path;
        var options = Options;
        if (options.BasePath.Length > 1 && path.StartsWithSegments(options.BasePath.TrimEnd('/'), StringComparison.OrdinalIgnoreCase, out var below))
            path = below;
        var text = path.Value?.TrimEnd('/') ?? "";
        return options.TrailingSlash == TrailingSlash.Never && text.Length > 0 ? text : text + "/";
    }
}
