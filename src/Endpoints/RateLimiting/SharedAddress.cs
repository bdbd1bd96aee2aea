using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Endpoints.RateLimiting;

/// <summary>Detects that a request came through a proxy and has the proxy's address, or none, instead of its client's.</summary>
internal static class SharedAddress
{
    private const string Original = "X-Forwarded-For";

    /// <returns>The way the request came, in words for the log, or null for a request with an address of its own.</returns>
    public static string? Of(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
        {
            return context.Features.Get<IConnectionSocketFeature>()?.Socket.AddressFamily == AddressFamily.Unix
                ? "over a Unix socket without the client's address"
                : context.Features.Get<IConnectionNamedPipeFeature>() is not null ? "over a named pipe without the client's address"
                : null; // a test's, which has no clients
        }

        // What the middleware has used it has taken away.
        return IPAddress.IsLoopback(address)
            && (context.Request.Headers.ContainsKey(Original) || context.Request.Headers.ContainsKey("Forwarded"))
            ? "from a proxy on this machine whose word on the client's address is not used"
            : null;
    }
}
