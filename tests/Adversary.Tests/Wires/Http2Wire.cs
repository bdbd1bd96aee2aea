using System.Net;
using System.Net.Sockets;
using System.Text;
using Adversary.Tests.Requests;

namespace Adversary.Tests.Wires;

/// <summary>
/// HTTP/2 by .NET's own client: all requests at once on one connection. What the client itself would not send is left out.
/// </summary>
internal sealed class Http2Wire : IWire
{
    private static readonly string[] OfTheConnection =
        ["host", "connection", "transfer-encoding", "keep-alive", "upgrade", "content-length", "expect", "te", "trailer",
            "proxy-connection"];

    public async Task<Exchange> SendAsync(IPEndPoint server, IReadOnlyList<Shot> shots, CancellationToken ct)
    {
        var port = 0;
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = async (_, cancel) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(server, cancel);
                port = ((IPEndPoint)socket.LocalEndPoint!).Port;
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(20) };
        Answer[] answers = [.. (await Task.WhenAll(shots.Select(shot => SendAsync(client, server, shot, ct)))).OfType<Answer>()];
        return new([port], string.Concat(answers.Select(static answer => answer.Head + answer.Body)), answers);
    }

    private static async Task<Answer?> SendAsync(HttpClient client, IPEndPoint server, Shot shot, CancellationToken ct)
    {
        try
        {
            using var request = new HttpRequestMessage(new(shot.Method),
                new Uri($"http://{server}{shot.Target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }))
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            if (shot.Body.Length > 0)
                request.Content = new ByteArrayContent(Encoding.Latin1.GetBytes(shot.Body));
            foreach (var field in shot.Fields)
            {
                if (field.Loose == "host")
                    request.Headers.Host = field.Value;
                else if (!OfTheConnection.Contains(field.Loose) && !request.Headers.TryAddWithoutValidation(field.Name, field.Value))
                    request.Content?.Headers.TryAddWithoutValidation(field.Name, field.Value);
            }

            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var head = response.Headers.Concat(response.Content.Headers).Concat(response.TrailingHeaders)
                .SelectMany(static header => header.Value.Select(value => $"{header.Key}: {value}\r\n"));
            return new((int)response.StatusCode, string.Concat(head),
                Encoding.Latin1.GetString(await response.Content.ReadAsByteArrayAsync(ct)));
        }
        catch (Exception e) when (e is HttpRequestException or FormatException or InvalidOperationException or NotSupportedException
            or IOException or ArgumentException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null; // the client refuses to send it, or the server to take it
        }
    }
}
