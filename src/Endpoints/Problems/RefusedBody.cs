using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Endpoints.Problems;

/// <summary>Reads what a client is still sending when its request has been refused.</summary>
/// <remarks>
/// Over HTTP/1.x many clients read no answer before they have sent everything, and an answer is lost when the server closes a connection on which something is still to
/// come. HTTP/2 and HTTP/3 tell the client to stop. What is read is bounded in bytes and time, and thrown away.
/// </remarks>
internal static class RefusedBody
{
    /// <summary>As many bytes are read for one request: what is announced to be more is not read at all.</summary>
    public const long Most = 16 * 1024 * 1024;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Whether the client of a refused request may still be sending.</summary>
    public static bool IsComing(HttpContext context) =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true }
        && HttpProtocol.IsHttp11(context.Request.Protocol)
        && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not null // a server that reads from a connection
        && context.Response.StatusCode != StatusCodes.Status408RequestTimeout
        && !(context.Request.ContentLength > Most)
        && !context.RequestAborted.IsCancellationRequested;

    /// <summary>Sends the answer, which is whole, and reads on. Never fails.</summary>
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
