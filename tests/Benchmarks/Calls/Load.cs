using System.Net.Sockets;
using System.Text;

namespace Benchmarks.Calls;

/// <summary>Sends requests one after the other on each of several kept connections.</summary>
internal static class Load
{
    /// <summary>Sends a number of requests.</summary>
    /// <param name="address">The application.</param>
    /// <param name="count">How many.</param>
    /// <param name="connections">On how many connections.</param>
    /// <param name="token">The token of the request of a number; null to send none.</param>
    /// <param name="expected">The status that each must be answered with; null for any.</param>
    public static async Task SendAsync(Uri address, int count, int connections, Func<int, string>? token, int? expected = 200)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            using var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(address.Host, address.Port);
            var stream = client.GetStream();
            var buffer = new byte[16 * 1024];
            int number;
            while ((number = Interlocked.Increment(ref next)) < count)
            {
                var head = token is null ? "" : $"Authorization: {token(number)}\r\n";
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /call HTTP/1.1\r\nHost: {address.Authority}\r\n{head}\r\n"));
                var status = await ReadAsync(stream, buffer);
                if (expected is { } one && status != one)
                    throw new InvalidOperationException($"Request {number} was answered {status}.");
            }
        }));
    }

    /// <summary>Opens a connection that is kept.</summary>
    public static async Task<Connection> ConnectAsync(Uri address)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(address.Host, address.Port);
        return new(client);
    }

    private static async Task<int> ReadAsync(NetworkStream stream, byte[] buffer)
    {
        var read = 0;
        while (true)
        {
            var got = await stream.ReadAsync(buffer.AsMemory(read));
            if (got == 0)
                throw new IOException("The connection was closed.");
            read += got;
            var end = buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8);
            if (end < 0)
                continue;
            var head = Encoding.ASCII.GetString(buffer, 0, end);
            var at = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
            var length = at < 0
                ? 0 : int.Parse(head.AsSpan(at + 16, (head.IndexOf('\r', at) is > 0 and var line ? line : head.Length) - at - 16),
                    System.Globalization.CultureInfo.InvariantCulture);
            if (at < 0 && head.Contains("chunked", StringComparison.Ordinal)
                ? buffer.AsSpan(0, read).EndsWith("\r\n0\r\n\r\n"u8) : read >= end + 4 + length)
                return int.Parse(head.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    /// <summary>A connection, for one request at a time.</summary>
    internal sealed class Connection(TcpClient client) : IDisposable
    {
        private readonly byte[] _buffer = new byte[16 * 1024];

        /// <summary>Sends a request as it is, and returns the status that it is answered with.</summary>
        public async Task<int> SendAsync(ReadOnlyMemory<byte> request)
        {
            await client.GetStream().WriteAsync(request);
            return await ReadAsync(client.GetStream(), _buffer);
        }

        public void Dispose() => client.Dispose();
    }
}
