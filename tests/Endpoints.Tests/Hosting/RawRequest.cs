using System.Net.Sockets;
using System.Text;

namespace Endpoints.Tests.Hosting;

/// <summary>Puts a request on the wire exactly as it is written, and reads the answer.</summary>
public static class RawRequest
{
    public static async Task<RawResponse> SendAsync(
        Uri address, string method, string target, IEnumerable<KeyValuePair<string, string>>? headers = null, byte[]? body = null)
    {
        var lines = new StringBuilder($"{method} {target} HTTP/1.1\r\n");
        var all = (headers ?? []).ToList();
        if (!all.Exists(header => header.Key.Equals("host", StringComparison.OrdinalIgnoreCase)))
            lines.Append($"Host: localhost:{address.Port}\r\n");
        foreach (var (name, value) in all)
            lines.Append($"{name}: {value}\r\n");
        if (body is not null)
            lines.Append($"Content-Length: {body.Length}\r\n");
        lines.Append("Connection: close\r\n\r\n");
        return await SendAsync(address, [.. Encoding.UTF8.GetBytes(lines.ToString()), .. body ?? []], method == "HEAD");
    }

    public static async Task<RawResponse> SendAsync(Uri address, byte[] request, bool isHead = false)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        var stream = client.GetStream();
        using var received = new MemoryStream();
        try
        {
            await stream.WriteAsync(request);
            await stream.CopyToAsync(received);
        }
        catch (IOException)
        {
            // The server may answer and break the connection off before it has read everything.
        }
        return RawResponse.Parse(received.ToArray(), isHead);
    }
}
