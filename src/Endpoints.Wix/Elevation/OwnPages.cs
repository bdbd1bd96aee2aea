using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Elevation;

/// <summary>Tells whether a browser sent a request from one of the site's own pages.</summary>
/// <remarks>
/// <c>Sec-Fetch-Site</c> is the browser's own word and decides where it is there; older browsers say <c>Origin</c>. A request that changes
/// something and says neither is refused.
/// </remarks>
internal sealed class OwnPages(IOptions<WixOptions> options)
{
    private readonly string? _publicOrigin = options.Value.PublicOrigin?.GetLeftPart(UriPartial.Authority);

    /// <summary>Whether a request that carries a session cookie may be carried out.</summary>
    public bool MaySend(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
            return true;

        var site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0)
            return site.Count == 1 && site[0] == "same-origin";

        var origin = request.Headers.Origin;
        return origin.Count == 1 && origin[0] is { } text
            && (string.Equals(text, _publicOrigin, StringComparison.OrdinalIgnoreCase) || IsOwn(text, request));
    }

    private static bool IsOwn(string origin, HttpRequest request)
    {
        var host = request.Host.Value;
        return !string.IsNullOrEmpty(host) && string.Equals(origin, $"{request.Scheme}://{host}", StringComparison.OrdinalIgnoreCase);
    }
}
