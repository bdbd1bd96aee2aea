using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Endpoints.Wix.Emulator;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Tests.Hosting;

/// <summary>An application on a real server, and requests that are written to it byte by byte.</summary>
internal static class Wires
{
    public static async Task<WebApplication> ServeAsync(
        WixEmulator wix, Action<WebApplication> map, Action<WixOptions>? configure = null, Action<WebApplicationBuilder>? build = null,
        bool isHttp2 = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(
            IPAddress.Loopback, 0, listen => listen.Protocols = isHttp2 ? HttpProtocols.Http2 : HttpProtocols.Http1));
        builder.Services.AddFileRoutes();
        builder.Services.AddWix(options =>
        {
            options.ClientId = wix.App.ClientId;
            options.ClientSecret = new(wix.App.ClientSecret);
            options.InstanceId = wix.InstanceId;
            options.ApiBaseAddress = wix.Address;
            options.Session.Cookie = WixSessionCookie.Compatible;
            configure?.Invoke(options);
        });
        build?.Invoke(builder);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return app;
    }

    /// <summary>Sends a request and says with which status it is answered.</summary>
    public static async Task<int> StatusAsync(WebApplication app, string method, IEnumerable<string> headers, string body = "",
        string target = "/") =>
        Status(await SendAsync(app, method, headers, body, target, isHeadOnly: true));

    /// <summary>Sends a request and gives the answer as it comes, to the end of the connection or of its head.</summary>
    public static async Task<string> SendAsync(WebApplication app, string method, IEnumerable<string> headers, string body = "",
        string target = "/", bool isHeadOnly = false)
    {
        var port = new Uri(app.Urls.First()).Port;
        var all = headers.ToList();
        var text = new StringBuilder($"{method} {target} HTTP/1.1\r\n");
        if (!all.Exists(static header => header.StartsWith("Host:", StringComparison.OrdinalIgnoreCase)))
            text.Append(CultureInfo.InvariantCulture, $"Host: localhost:{port}\r\n");
        foreach (var header in all)
            text.Append(header).Append("\r\n");
        if (!all.Exists(static header => header.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase)))
            text.Append("Connection: close\r\n");
        text.Append("\r\n").Append(body);
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text.ToString()));
        using var received = new MemoryStream();
        var buffer = new byte[4096];
        int read;
        try
        {
            while ((read = await stream.ReadAsync(buffer)) > 0)
            {
                received.Write(buffer, 0, read);
                if (isHeadOnly && received.GetBuffer().AsSpan(0, (int)received.Length).IndexOf("\r\n\r\n"u8) >= 0)
                    break;
            }
        }
        catch (IOException)
        {
            // The server may answer and break the connection off before it has read everything.
        }

        return Encoding.UTF8.GetString(received.ToArray());
    }

    public static int Status(string answer) => answer.Length > 12 ? int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture) : 0;
}
