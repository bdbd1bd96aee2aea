using Microsoft.AspNetCore.Http;

namespace Endpoints.Origins;

/// <summary>Reads the host of a request, which a client may have written anything for.</summary>
internal static class RequestHost
{
    /// <summary>The host; null when there is none, or a name that nobody can have.</summary>
    /// <remarks>The framework decodes names in other scripts, and throws at <c>xn--</c> with something that is no such name.</remarks>
    public static HostString? Of(HttpRequest request)
    {
        try
        {
            return request.Host is { HasValue: true } host && host.ToUriComponent().Length > 0 ? host : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
