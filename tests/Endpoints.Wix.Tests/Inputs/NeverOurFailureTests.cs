using System.Net;
using System.Net.Sockets;
using System.Text;
using Endpoints.Wix.Emulator;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.TestHost;

namespace Endpoints.Wix.Tests.Inputs;

/// <summary>
/// Nothing that a client sends is our failure: no answer of 500 or more and no error in the log, whatever handlers read of it.
/// </summary>
public sealed class NeverOurFailureTests
{
    private const int Size = 20;

    private static readonly Rnd Seed = new(20_261_130);

    [Fact]
    public async Task No_request_is_our_failure()
    {
        await using var wix = await WixEmulator.StartAsync(static options => options.AllowLoopbackRedirects = true);
        using var logs = new ErrorLogs();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        ReadingSite.AddTo(builder, wix, logs);
        await using var app = builder.Build();
        ReadingSite.Map(app);
        await app.StartAsync();
        var server = app.GetTestServer();
        var failures = new List<string>();

        foreach (var request in AnyRequest.Any.Sample(2_500, Seed, Size))
        {
            try
            {
                var context = await server.SendAsync(made =>
                {
                    made.Request.Method = request.Method;
                    made.Request.Path = new(request.Path.StartsWith('/') ? request.Path : "/");
                    made.Request.QueryString = new(request.Query);
                    // servers let no others pass
                    made.Request.Host =
                        new(request.Host != "a:b" && request.Host.All(static c => char.IsAscii(c) && c != '@')
                            ? request.Host : "localhost");
                    foreach (var (name, value) in request.Headers)
                        made.Request.Headers.Append(name, value);
                    if (request.Body is { } body)
                    {
                        made.Request.Body = new MemoryStream(body);
                        if (request.Framing != "chunked")
                            made.Request.ContentLength = body.Length;
                    }
                });
                Note(failures, logs, request, context.Response.StatusCode);
                await context.Response.Body.CopyToAsync(Stream.Null);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                failures.Add($"{request} is answered with {e}");
            }
        }

        Assert.True(failures.Count == 0, Shown(failures));
    }

    [Fact]
    public async Task Nothing_on_a_wire_is_our_failure()
    {
        await using var wix = await WixEmulator.StartAsync(static options => options.AllowLoopbackRedirects = true);
        using var logs = new ErrorLogs();
        var builder = WebApplication.CreateSlimBuilder();
        ReadingSite.AddTo(builder, wix, logs);
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        ReadingSite.Map(app);
        await app.StartAsync();
        var port = new Uri(app.Urls.First()).Port;
        var failures = new List<string>();
        var answered = 0;

        foreach (var (request, i) in AnyRequest.Any.Sample(1_200, Seed, Size).Select(static (request, i) => (request, i)))
        {
            var status =
                await SendAsync(port, request.ToBytes(i),
                    isWhole: request.Body is null || request.Framing is "length" or "chunked" or "trailer");
            answered += status is > 0 and < 400 ? 1 : 0;
            Note(failures, logs, request, status);
        }

        Assert.True(failures.Count == 0, Shown(failures));
        Assert.InRange(answered, 25, 1_200); // or nothing has been tried
    }

    /// <summary>The status of the answer; 0 when there is none, as for a request that is not whole.</summary>
    private static async Task<int> SendAsync(int port, byte[] request, bool isWhole)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, port);
        var stream = client.GetStream();
        var line = new byte[12];
        try
        {
            await stream.WriteAsync(request);
            if (!isWhole)
                client.Client.Shutdown(SocketShutdown.Send); // the server would wait for more
            await stream.ReadExactlyAsync(line, patience.Token);
            await stream.CopyToAsync(Stream.Null, patience.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Broken off, at the latest when all has been sent.
        }

        return int.TryParse(Encoding.ASCII.GetString(line).AsSpan(9, 3), out var status) ? status : 0;
    }

    private static void Note(List<string> failures, ErrorLogs logs, AnyRequest request, int status)
    {
        var errors = logs.Take();
        if (status is >= 500 and not 505 || errors.Count > 0) // 505 is the server's own word on a version
            failures.Add($"{request} is answered {status}; {string.Join("; ", errors)}");
    }

    private static string Shown(List<string> failures) =>
        $"{failures.Count} requests:\n{string.Join("\n\n", failures.Take(12).Select(static one => one.Length > 1500 ? one[..1500] : one))}";
}
