using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Endpoints.Problems;

/// <summary>Reads the rest that a client is still sending after its request was rejected.</summary>
/// <remarks>
/// Over HTTP/1.x, many clients read no response before they have sent everything, and a response is lost when the server closes a
/// connection with unread data. HTTP/2 and HTTP/3 tell the client to stop. The data that is read is limited in size and time, and
/// discarded.
/// </remarks>
internal static class RefusedBody
{
    /// <summary>The maximum number of bytes read for one request. A body that is announced to be larger is not read at all.</summary>
    public const long Most = 16 * 1024 * 1024;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Determines whether the client of a rejected request may still be sending.</summary>
    public static bool IsComing(HttpContext context) =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true }
        && HttpProtocol.IsHttp11(context.Request.Protocol)
        && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not null // a server that reads from a connection
        && context.Response.StatusCode != StatusCodes.Status408RequestTimeout
        && !(context.Request.ContentLength > Most)
        && !context.RequestAborted.IsCancellationRequested;

    /// <summary>Sends the complete response and reads on. Never throws.</summary>
    public static async Task ReadAsync(HttpContext context)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        stop.CancelAfter(Longest);
        try
        {
            await context.Response.BodyWriter.FlushAsync(stop.Token).ConfigureAwait(false);
            if (context.Request.Headers.Expect.Count > 0)
                return; // the client waits to be asked, and has been answered
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
                limit.MaxRequestBodySize = Most;

            var reader = context.Features.Get<CountedBody>()?.Rest ?? context.Request.BodyReader;
            for (var total = 0L; total <= Most;)
            {
                var read = await reader.ReadAsync(stop.Token).ConfigureAwait(false);
                total += read.Buffer.Length;
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted || read.IsCanceled)
                    return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException or InvalidDataException)
        {
            // The client has gone, sends too slowly or too much, or its body has been read in another way: it has been answered.
        }
    }
}
