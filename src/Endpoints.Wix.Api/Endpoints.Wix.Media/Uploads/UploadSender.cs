using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace Endpoints.Wix.Media;

/// <summary>Sends bytes to the address that Wix gave for them: without a token, and nowhere that an answer redirects to.</summary>
internal static class UploadSender
{
    private const int MaxAnswer = 256 * 1024;

    // One for the process, as its connections are; it knows no caller.
    private static readonly HttpClient Http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(15),
    })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan, // each upload has its own
        MaxResponseContentBufferSize = MaxAnswer,
    };

    /// <exception cref="WixApiException">The address is none to send to, or the bytes were refused.</exception>
    public static async Task<JsonObject> SendAsync(string? uploadUrl, string fileName, UploadContent content, TimeSpan timeout,
        CancellationToken ct)
    {
        if (!Uri.TryCreate(uploadUrl, UriKind.Absolute, out var address)
            || !(address.Scheme == Uri.UriSchemeHttps || address is { IsLoopback: true, Scheme: "http" }))
            throw new WixApiException("Wix returned no address for the upload.", HttpStatusCode.BadGateway);
        var named = new UriBuilder(address);
        named.Query = $"{named.Query.TrimStart('?')}{(named.Query.Length > 1 ? "&" : "")}filename={Uri.EscapeDataString(fileName)}";
        using var request = new HttpRequestMessage(HttpMethod.Put, named.Uri) { Content = content };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        try
        {
            using var response = await Http.SendAsync(request, limit.Token).ConfigureAwait(false);
            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Created))
                throw new WixApiException($"Wix answered the upload with {(int)response.StatusCode}.", response.StatusCode);
            var answer = await response.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false);
            return (JsonNode.Parse(answer) as JsonObject)?["file"] as JsonObject ?? throw NoFile();
        }
        catch (Exception e) when (content.IsTooLarge && e is not UploadTooLargeException)
        {
            throw new UploadTooLargeException(content.MaxLength);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new WixUnavailableException("The upload took too long.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new WixUnavailableException("The upload was interrupted.");
        }
        catch (JsonException)
        {
            throw NoFile();
        }
    }

    private static WixApiException NoFile() => new("Wix's response to the upload does not describe a file.", HttpStatusCode.BadGateway);
}
