using System.Net.Http.Headers;
using Endpoints.Wix.Configuration;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Http;

/// <summary>Sends requests to Wix's API origin and nowhere else, within a time limit, and reads answers up to a size.</summary>
/// <remarks>The time limit runs on the machine's own clock, so that a stopped or moved <see cref="TimeProvider"/> can't make a call hang.</remarks>
internal sealed class WixHttp(IHttpClientFactory clients, IOptions<WixOptions> options, TimeProvider time)
{
    /// <summary>The name of the client, for applications that want to configure it.</summary>
    public const string ClientName = "Endpoints.Wix";

    private const int MaxBody = 16 * 1024 * 1024;

    private readonly Uri _origin = options.Value.ApiBaseAddress;

    /// <summary>Sends one request.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path and query string, beginning with <c>/</c>, escaped.</param>
    /// <param name="token">Whose call it is; null for calls that prove themselves by their body.</param>
    /// <param name="content">The body.</param>
    /// <param name="timeout">How long it may take, body included.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="WixUnavailableException">There was no whole answer in time.</exception>
    public Task<WixAnswer> SendAsync(HttpMethod method, string path, AccessToken? token, HttpContent? content, TimeSpan timeout, CancellationToken ct) =>
        SendAsync(method, path, token, header: null, content, timeout, ct);

    /// <summary>Sends one request, with the header that its credential takes along.</summary>
    /// <exception cref="WixUnavailableException">There was no whole answer in time.</exception>
    public async Task<WixAnswer> SendAsync(
        HttpMethod method, string path, AccessToken? token, WixHeader? header, HttpContent? content, TimeSpan timeout, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, WixAddress.On(_origin, path)) { Content = content };
        if (token is not null && !request.Headers.TryAddWithoutValidation("Authorization", token.Reveal()))
            throw new InvalidOperationException("The token can't be sent.");
        if (header is { } along)
            request.Headers.Add(along.Name, along.Value);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            var (body, isWhole) = await ReadAsync(response.Content, limit.Token).ConfigureAwait(false);
            return new(response.StatusCode, body, isWhole, RetryAfter(response.Headers), RequestId(response.Headers));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new WixUnavailableException("Wix did not answer in time.", retryAfter: null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // What the transport says can hold what a broken answer said; the kind of error is enough.
            var kind = e is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error } ? error.ToString() : e.GetType().Name;
            throw new WixUnavailableException($"There was no answer from Wix ({kind}).", retryAfter: null);
        }
    }

    private static async Task<(ReadOnlyMemory<byte> Body, bool IsWhole)> ReadAsync(HttpContent content, CancellationToken ct)
    {
        if (content.Headers.ContentLength > MaxBody)
            return (default, false);
        using var body = new MemoryStream(capacity: (int)(content.Headers.ContentLength ?? 4096));
        var stream = await content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = new byte[8192];
            int read;
            while ((read = await stream.ReadAsync(buffer, ct).ConfigureAwait(false)) > 0)
            {
                if (body.Length + read > MaxBody)
                    return (default, false);
                body.Write(buffer, 0, read);
            }
        }

        return (body.GetBuffer().AsMemory(0, (int)body.Length), true);
    }

    private TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        var wait = headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - time.GetUtcNow();
        return wait is { } given && given > TimeSpan.Zero ? (given < TimeSpan.FromHours(1) ? given : TimeSpan.FromHours(1)) : null;
    }

    private static string? RequestId(HttpResponseHeaders headers) =>
        headers.TryGetValues("X-Wix-Request-Id", out var values) && values.FirstOrDefault() is { Length: <= 64 } id && Identifier.IsValid(id) ? id : null;
}
