using Endpoints.Problems;
using Endpoints.Wix.Configuration;
using Endpoints.Wix.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Primitives;

namespace Endpoints.Wix.Elevation;

/// <summary>Tells whether a browser sent a request from one of the site's own pages.</summary>
/// <remarks>
/// <c>Sec-Fetch-Site</c> is the browser's own word and decides where it is there; older browsers say <c>Origin</c>. A request that changes
/// something and says neither is refused. A page on one of the site's further origins is another origin's to the browser, and is known by its
/// <c>Origin</c> alone.
/// </remarks>
internal sealed class OwnPages(OwnOrigins origins, IHostEnvironment environment)
{
    private const int LongestShown = 200;

    private readonly bool _isDevelopment = environment.IsDevelopment();

    /// <summary>Whether a request that carries a session cookie may be carried out.</summary>
    public bool MaySend(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
            return true;

        if (request.Headers.Origin is [{ } origin] && origins.IsFurther(origin) && request.Headers["Sec-Fetch-Site"] is [] or ["same-origin" or "same-site" or "cross-site"])
            return true;

        var site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0)
            return site.Count == 1 && site[0] == "same-origin";
        return request.Headers.Origin is [{ } text] && (origins.IsPublic(text) || IsOwn(text, request));
    }

    /// <summary>The refusal of a request from elsewhere. A developer is told what would have been accepted, and what came.</summary>
    public Problem Refusal(HttpRequest request)
    {
        if (!_isDevelopment)
            return WixProblems.CrossSite;
        var expected = string.Join(", ", origins.Further.Prepend(origins.Public ?? $"{request.Scheme}://{request.Host.Value}"));
        return WixProblems.CrossSite with
        {
            Detail = $"{WixProblems.CrossSite.Detail} Expected: Sec-Fetch-Site same-origin, or an Origin of {expected}. "
                + $"Seen: Sec-Fetch-Site {Shown(request.Headers["Sec-Fetch-Site"])}, Origin {Shown(request.Headers.Origin)}. "
                + "Behind a proxy set Wix:PublicOrigin; further origins of the site go to Wix:OwnOrigins.",
        };
    }

    private static bool IsOwn(string origin, HttpRequest request)
    {
        var host = request.Host.Value;
        return !string.IsNullOrEmpty(host) && string.Equals(origin, $"{request.Scheme}://{host}", StringComparison.OrdinalIgnoreCase);
    }

    private static string Shown(StringValues header)
    {
        var text = header.ToString();
        return text.Length == 0 ? "none" : text.Length > LongestShown ? text[..LongestShown] + "..." : text;
    }
}
