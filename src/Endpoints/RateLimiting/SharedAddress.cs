using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Endpoints.RateLimiting;

/// <summary>Detects that a request came through a proxy and has the proxy's address, or none, instead of its client's.</summary>
internal static class SharedAddress
{
    private const string Original = "X-Forwarded-For";

    /// <returns>The way the request came, in words for the log, or null for a request with an address of its own.</returns>
    public static string? Of(HttpContext context)
    {
        if (context.Features.Get<IHttpConnectionFeature>()?.RemoteIpAddress is not { } address)
        {
            return context.Features.Get<IConnectionSocketFeature>()?.Socket.AddressFamily == AddressFamily.Unix
                ? "over a Unix socket without the client's address"
                : context.Features.Get<IConnectionNamedPipeFeature>() is not null ? "over a named pipe without the client's address"
                : null; // a test's, which has no clients
        }

        // What the middleware has used it has taken away.
        if (!context.Request.Headers.ContainsKey(Original) && !context.Request.Headers.ContainsKey("Forwarded"))
            return null;
        return IPAddress.IsLoopback(address) ? "from a proxy on this machine whose word on the client's address is not used"
            : IsOfThisNetwork(address) ? "from a proxy in this network whose word on the client's address is not used"
            : null; // a client's word on itself
    }

    // Addresses that the internet doesn't route.
    private static bool IsOfThisNetwork(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return address.IsIPv6UniqueLocal || address.IsIPv6LinkLocal;
        Span<byte> bytes = stackalloc byte[4];
        return address.TryWriteBytes(bytes, out _) && (bytes[0], bytes[1]) is (10, _) or (172, >= 16 and <= 31) or (192, 168)
            or (100, >= 64 and <= 127) or (169, 254);
    }
}
