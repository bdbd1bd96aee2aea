using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Endpoints.Wix.Emulator.Hosting;

/// <summary>Lets scripts of any origin call the platform, as Wix does for browser SDKs. Cookies are never used on such calls.</summary>
internal static class Cors
{
    /// <summary>
    /// Adds the headers that a script needs. Returns <see langword="true"/> if the call was a preflight request, which is then answered.
    /// </summary>
    public static bool Answer(HttpContext http)
    {
        var request = http.Request.Headers;
        if (request.Origin.Count == 0)
            return false;
        var response = http.Response.Headers;
        response.AccessControlAllowOrigin = "*";
        response.AccessControlExposeHeaders = "X-Wix-Request-Id, X-Wix-Consistent, Retry-After";
        if (!HttpMethods.IsOptions(http.Request.Method) || request.AccessControlRequestMethod.Count == 0)
            return false;
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        response.AccessControlAllowMethods = request.AccessControlRequestMethod;
        response.AccessControlAllowHeaders = request.AccessControlRequestHeaders;
        response.AccessControlMaxAge = "3600";
        response.Append(HeaderNames.Vary, "Access-Control-Request-Method, Access-Control-Request-Headers");
        return true;
    }
}
