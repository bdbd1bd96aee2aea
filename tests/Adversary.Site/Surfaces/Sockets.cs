using System.Net.WebSockets;
using System.Text.Json;
using Adversary.Site.Work;
using Endpoints.Wix;

namespace Adversary.Site.Surfaces;

/// <summary>WebSockets: one report when the socket opens, and one for each message.</summary>
internal static class Sockets
{
    public static void Map(WebApplication app)
    {
        app.Map("/socket",
            static (HttpContext context, ElevatedWixClient wix, Caller caller) => ServeAsync(context, "ALL /socket", caller, wix))
            .Elevate(Callers.Member | Callers.User);
        app.Map("/socket/own",
            static (HttpContext context, WixClient wix, Caller caller) => ServeAsync(context, "ALL /socket/own", caller, wix));
    }

    private static async Task<IResult> ServeAsync(HttpContext context, string endpoint, Caller caller, WixApiClient wix)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            return Results.BadRequest();
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[4096];
        try
        {
            for (var messages = 0; messages < 20; messages++)
            {
                var report = await Job.RunAsync(context, wix, endpoint, caller);
                await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(report, JsonSerializerOptions.Web), WebSocketMessageType.Text,
                    true, context.RequestAborted);
                var received = await socket.ReceiveAsync(buffer, context.RequestAborted);
                if (received.MessageType == WebSocketMessageType.Close)
                    break;
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or WixApiException)
        {
            // The client has gone, speaks no WebSocket, or has a session that has ended.
        }

        return Results.Empty;
    }
}
