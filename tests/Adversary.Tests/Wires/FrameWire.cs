using System.Net;
using System.Net.Sockets;
using System.Text;
using Adversary.Tests.Requests;
using static Adversary.Tests.Wires.Http2Frames;

namespace Adversary.Tests.Wires;

/// <summary>HTTP/2 frame by frame, with any headers in any order: all requests at once on one connection.</summary>
internal sealed class FrameWire : IWire
{
    private const int MaxFrame = 16384;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly string[] OfHttp1 = ["host", "connection", "upgrade", "transfer-encoding", "expect", "sec-websocket-key"];

    public async Task<Exchange> SendAsync(IPEndPoint server, IReadOnlyList<Shot> shots, CancellationToken ct)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, ct);
        using var connection = new NetworkStream(socket);
        var streams = Enumerable.Range(0, shots.Count).Select(static _ => new Stream()).ToArray();
        try
        {
            await connection.WriteAsync(Preface(), ct);
            for (var i = 0; i < shots.Count; i++)
            {
                foreach (var frame in Frames(shots[i], (2 * i) + 1))
                    await connection.WriteAsync(frame, ct);
            }

            await ReadAsync(connection, shots, streams, ct);
        }
        catch (Exception e) when (e is IOException or SocketException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            // The server has closed the connection, or is silent: what came until then counts.
        }

        Answer[] answers =
            [.. streams.Where(static stream => stream.Status > 0)
                .Select(static stream => new Answer(stream.Status, stream.Head.ToString(), stream.Body.ToString()))];
        return new([((IPEndPoint)socket.LocalEndPoint!).Port], string.Concat(answers.Select(static answer => answer.Head + answer.Body)),
            answers);
    }

    private static async Task ReadAsync(NetworkStream connection, IReadOnlyList<Shot> shots, Stream[] streams, CancellationToken ct)
    {
        while (streams.Any(static stream => !stream.HasEnded))
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Patience);
            if (await Http2Frames.ReadAsync(connection, limit.Token) is not var (kind, flags, id, payload) || kind == GoAway)
                return;
            if (kind is Settings or Ping && (flags & Ack) == 0)
                await connection.WriteAsync(Write(kind, Ack, 0, kind == Ping ? payload : []), ct);
            if (id == 0 || (id - 1) / 2 >= streams.Length)
                continue;
            var stream = streams[(id - 1) / 2];
            if (kind == Headers && stream.Take(Hpack.Read(payload)) && shots[(id - 1) / 2] is { IsUpgrade: true } opened)
            {
                foreach (var message in opened.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                    await connection.WriteAsync(Write(Data, 0, id, Frame.Text(message)), ct);
                await connection.WriteAsync(Write(Data, EndStream, id, Frame.Close()), ct);
            }

            if (kind == Data)
                stream.Body.Append(Encoding.Latin1.GetString(payload));
            stream.HasEnded |= kind == Reset || (kind is Headers or Data && (flags & EndStream) != 0);
        }
    }

    private static IEnumerable<byte[]> Frames(Shot shot, int stream)
    {
        List<(string, string)> headers = [(":method", shot.Method)];
        if (shot.Method != "CONNECT" || shot.IsUpgrade)
            headers.AddRange([(":scheme", "http"), (":path", shot.Target)]);
        headers.Add((":authority", shot.Value("host") ?? ""));
        foreach (var field in shot.Fields)
        {
            // A line without anything between is meant to be sent as it stands.
            if (field.Between.Length == 0 || !OfHttp1.Contains(field.Loose))
                headers.Add((field.Between.Length == 0 ? field.Name : field.Name.ToLowerInvariant(), field.Value));
        }

        var hasBody = shot.Body.Length > 0 && !shot.IsUpgrade;
        yield return Write(Headers, (byte)(EndHeaders | (hasBody || shot.IsUpgrade ? 0 : EndStream)), stream, Hpack.Write(headers));
        if (!hasBody)
            yield break;
        var parts = Encoding.Latin1.GetBytes(shot.Body).Chunk(MaxFrame).ToList();
        for (var i = 0; i < parts.Count; i++)
            yield return Write(Data, i == parts.Count - 1 ? EndStream : (byte)0, stream, parts[i]);
    }

    private sealed class Stream
    {
        public int Status { get; private set; }

        public StringBuilder Head { get; } = new();

        public StringBuilder Body { get; } = new();

        public bool HasEnded { get; set; }

        /// <summary>Takes headers; true when they are those of a response that goes through.</summary>
        public bool Take(List<(string Name, string Value)> headers)
        {
            foreach (var (name, value) in headers)
            {
                Head.Append(name).Append(": ").Append(value).Append("\r\n");
                if (name == ":status" && int.TryParse(value, out var status) && status >= 200)
                    Status = status;
            }

            return Status == 200;
        }
    }
}
