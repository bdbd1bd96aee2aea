using System.Net;
using System.Net.Sockets;
using System.Text;
using Adversary.Tests.Requests;

namespace Adversary.Tests.Wires;

/// <summary>HTTP/1.1, byte by byte: all requests in one go, then the answers.</summary>
internal sealed class Http1Wire : IWire
{
    /// <summary>The time after which a silent connection is given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan SocketPatience = TimeSpan.FromMilliseconds(200);

    public async Task<Exchange> SendAsync(IPEndPoint server, IReadOnlyList<Shot> shots, CancellationToken ct)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var port = 0;
        var received = new StringBuilder();
        List<Answer> answers = [];
        try
        {
            await socket.ConnectAsync(server, ct);
            port = ((IPEndPoint)socket.LocalEndPoint!).Port;
            await socket.SendAsync(
                Encoding.Latin1.GetBytes(string.Concat(shots.Select(static shot => shot.Text(withBody: !shot.IsUpgrade)))), ct);
            string[] methods = [.. shots.Select(static shot => shot.Method)];
            var buffer = new byte[16384];
            var (ended, upgraded) = (false, false);
            while (!ended && (upgraded || answers.Count < shots.Count))
            {
                var count = await ReceiveAsync(socket, buffer, upgraded ? SocketPatience : Patience, ct);
                ended = count <= 0;
                if (count > 0)
                    received.Append(Encoding.Latin1.GetString(buffer, 0, count));
                var wasUpgraded = upgraded;
                (answers, upgraded) = Http1Parser.Read(received.ToString(), methods, ended);
                if (upgraded && !wasUpgraded)
                    await SayAsync(socket, shots[Math.Min(answers.Count, shots.Count) - 1].Body, ct);
            }
        }
        catch (SocketException)
        {
            // The server has closed the connection, or is not there: what came until then counts.
        }

        return new([port], received.ToString(), answers);
    }

    private static async Task SayAsync(Socket socket, string body, CancellationToken ct)
    {
        foreach (var message in body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            await socket.SendAsync(Frame.Text(message), ct);
        await socket.SendAsync(Frame.Close(), ct);
    }

    /// <summary>Reads bytes and returns their number: 0 at the end, -1 after a silence.</summary>
    private static async Task<int> ReceiveAsync(Socket socket, byte[] buffer, TimeSpan patience, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        try
        {
            return await socket.ReceiveAsync(buffer, limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return -1;
        }
    }
}
