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

/// <summary>Provides handlers with the members of Astro's API context. Mirrors <c>APIContext</c>.</summary>
/// <remarks>Each request has one instance, also after <see cref="Rewrite"/>. Like the request itself, it is not thread-safe.</remarks>
public sealed class ApiContext
{
    private readonly HttpContext _context;
    private ApiCookies? _cookies;
    private Dictionary<string, object?>? _locals;

    private ApiContext(HttpContext context) => _context = context;

    /// <summary>Gets the request and the methods that read its body. Mirrors <c>request</c>.</summary>
    public HttpRequest Request => _context.Request;

    /// <summary>
    /// Gets the route parameters by their names in the file's path, without regard to letter case. Their values come from the request's
    /// path only. A rest parameter that matched nothing is null. Mirrors <c>params</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Params
    {
        get
        {
            var values = Request.RouteValues;
            IEnumerable<string> names = _context.GetEndpoint()?.Metadata.GetMetadata<FilePattern>() is { } pattern
                ? pattern.Route.Parameters : values.Keys;
            return names.ToDictionary(static name => name, name => values[name]?.ToString(), StringComparer.OrdinalIgnoreCase);
        }
    }

    /// <summary>
    /// Gets the URL of the request: its scheme and host (<c>localhost</c> for an invalid host), the path in one normalized escaping, and
    /// the query. After <see cref="Rewrite"/>, gets the new URL. Mirrors <c>url</c>.
    /// </summary>
    public Uri Url => RequestHost.Of(Request) is { } host && Uri.TryCreate(Address(host), UriKind.Absolute, out var url)
        ? url : new(Address(new("localhost")));

    /// <summary>Gets the cookies of the request and of the response. Mirrors <c>cookies</c>.</summary>
    public ApiCookies Cookies => _cookies ??= new ApiCookies(_context);

    /// <summary>
    /// Gets the values that middleware, filters and handlers share during one request. Initially empty. Mirrors <c>locals</c>.
    /// </summary>
    public IDictionary<string, object?> Locals => _locals ??= new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>
    /// Gets the client's IP address from the connection or the forwarded headers middleware, or <see langword="null"/> if there is none, as
    /// in an in-memory server. Mirrors <c>clientAddress</c>.
    /// </summary>
    public string? ClientAddress => Unmapped(_context.Connection.RemoteIpAddress)?.ToString();

    /// <summary>
    /// Gets the site's public address from <see cref="FileRouteOptions.Site"/>, or <see langword="null"/>. Mirrors <c>site</c>.
    /// </summary>
    public Uri? Site => Options.Site;

    /// <summary>
    /// Gets the route of the file in Astro's notation, without base path: <c>/api/products/[id]</c>. Empty outside of file routes. Mirrors
    /// <c>routePattern</c>.
    /// </summary>
    public string RoutePattern => _context.GetEndpoint()?.Metadata.GetMetadata<FileRoute>()?.Route ?? "";

    /// <summary>
    /// Gets the path of the original request, also after <see cref="Rewrite"/>: unescaped, without base path, and with a trailing slash
    /// unless <see cref="TrailingSlash.Never"/> is set. Mirrors <c>originPathname</c>.
    /// </summary>
    public string OriginPathname => RewrittenFrom ?? Pathname();

    /// <summary>Gets or sets the <see cref="OriginPathname"/> of a rewritten request; otherwise, null.</summary>
    internal string? RewrittenFrom { get; set; }

    /// <summary>Gets or sets the number of times the request was rewritten.</summary>
    internal int Rewrites { get; set; }

    private FileRouteOptions Options => _context.RequestServices.GetRequiredService<IOptions<FileRouteOptions>>().Value;

    /// <summary>Returns the context of a request, for middleware and filters. Handlers take it as a parameter.</summary>
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

    /// <summary>Binds a handler's parameter of this type. Called by ASP.NET Core.</summary>
    /// <param name="context">The request's HTTP context.</param>
    public static ValueTask<ApiContext?> BindAsync(HttpContext context) => new(Of(context));

    /// <summary>Redirects the client to another address. Mirrors <c>redirect()</c>.</summary>
    /// <param name="path">
    /// The path or address. It is sent unchanged, except that characters that a header can't contain are percent-encoded. No base path is
    /// added.
    /// </param>
    /// <param name="status">The status code, from 200 to 599. The default is 302.</param>
    /// <returns>The result for the handler to return.</returns>
    /// <remarks>Never pass a path that came with the request: it may lead to another site.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> contains a line break or another control character.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is out of range.</exception>
    /// <exception cref="InvalidOperationException">The response has started.</exception>
    public IResult Redirect(string path, int status = StatusCodes.Status302Found) => _context.Response.HasStarted
        ? throw new InvalidOperationException("A client can't be redirected once the response has started.")
        : new RedirectAnswer(path, status);

    /// <summary>
    /// Lets another file handle the request, with the same method. The request runs through the whole pipeline again, so that the guards of
    /// the other file apply. Mirrors <c>rewrite()</c>.
    /// </summary>
    /// <param name="path">
    /// The path of the other file, with or without base path, and an optional query. It begins with <c>/</c>. The query of the original
    /// request is dropped.
    /// </param>
    /// <returns>The result for the handler to return. A request that is rewritten more than four times is answered with 508.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> does not begin with one <c>/</c>.</exception>
    /// <exception cref="BadHttpRequestException"><paramref name="path"/> contains a null character. It is answered with 400.</exception>
    /// <exception cref="InvalidOperationException">The response has started.</exception>
    public IResult Rewrite(string path) => _context.Response.HasStarted
        ? throw new InvalidOperationException("A request can't be rewritten once the response has started.")
        : new RewriteAnswer(path ?? throw new ArgumentNullException(nameof(path)));

    private static IPAddress? Unmapped(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    private string Address(HostString host) =>
        UriHelper.BuildAbsolute(Request.Scheme, host, Request.PathBase, Request.Path, Request.QueryString);

    private string Pathname()
    {
        var path = Request.Path;
        var options = Options;
        if (options.BasePath.Length > 1
            && path.StartsWithSegments(options.BasePath.TrimEnd('/'), StringComparison.OrdinalIgnoreCase, out var below))
            path = below;
        var text = path.Value?.TrimEnd('/') ?? "";
        return options.TrailingSlash == TrailingSlash.Never && text.Length > 0 ? text : text + "/";
    }
}
