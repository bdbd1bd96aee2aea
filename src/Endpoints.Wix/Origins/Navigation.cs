using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Origins;

/// <summary>Reads how a browser came to send a request, from headers that no page can set.</summary>
internal static class Navigation
{
    private static readonly string[] Purposes = ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"];

    /// <summary>
    /// Determines whether the request is for something other than a page that its user opens: an image, a script, a frame, a fetch, or a
    /// page that is only preloaded.
    /// </summary>
    public static bool IsBackground(HttpRequest request)
    {
        var headers = request.Headers;
        if (headers["Sec-Fetch-Mode"] is { Count: > 0 } mode && mode is not ["navigate"])
            return true;
        if (headers["Sec-Fetch-Dest"] is { Count: > 0 } dest && dest is not ["document"])
            return true;
        foreach (var name in Purposes)
        {
            foreach (var purpose in headers[name])
            {
                if (purpose?.Contains("prefetch", StringComparison.OrdinalIgnoreCase) == true
                    || purpose?.Contains("prerender", StringComparison.OrdinalIgnoreCase) == true
                    || purpose?.Contains("preview", StringComparison.OrdinalIgnoreCase) == true)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Determines whether a page of another origin sent its user here.</summary>
    public static bool IsFromElsewhere(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site is not (["same-origin"] or ["none"]);
}
