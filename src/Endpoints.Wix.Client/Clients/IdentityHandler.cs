using System.Net.Http.Headers;
using Endpoints.Wix.Calls;
using Endpoints.Wix.Http;

namespace Endpoints.Wix.Clients;

/// <summary>
/// The end of an HTTP client that calls Wix as one of our clients does: instead of a connection, it has that client's channel.
/// </summary>
/// <remarks>
/// So the token is put on after the last handler of the application's own: none of them, no logger and no redirect ever sees it, and every
/// call passes the checks that the client's calls pass. Nothing else than Wix's API origin can be reached.
/// </remarks>
/// <param name="client">Returns the client: handlers are kept, and the next request may be another app's.</param>
internal sealed class IdentityHandler(Func<WixApiClient> client) : HttpMessageHandler
{
    // What is said of the answer that is wanted, and can't say as whom or what for a call is made.
    private static readonly HashSet<string> Sent = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept", "Accept-Language", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since",
    };

    // What frameworks add by themselves: it is about the connection or the trace, which are our own.
    private static readonly HashSet<string> Dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "User-Agent", "Accept-Encoding", "Accept-Charset", "Cache-Control", "Pragma", "Connection", "Expect", "Transfer-Encoding", "TE",
        "Date",
        "traceparent", "tracestate", "baggage", "Request-Id", "Correlation-Context",
    };

    /// <exception cref="InvalidOperationException">The request is not for Wix's API, or has headers that would say as whom or what for it
    /// is made.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var channel = client().OwnChannel;
        if (request.RequestUri is not { IsAbsoluteUri: true } address || !WixAddress.IsOn(channel.Origin, address)
            || address.UserInfo.Length > 0)
        {
            throw new InvalidOperationException(
                $"This HttpClient has a Wix identity, and the request is not for {channel.Origin.GetLeftPart(UriPartial.Authority)}. "
                + "Use another HttpClient for other hosts.");
        }

        var content = request.Content is null ? null : await CopyAsync(request.Content, cancellationToken).ConfigureAwait(false);
        var answer =
            await RawCall.SendAsync(channel, request.Method, address.PathAndQuery, content, Wishes(request.Headers), cancellationToken)
                .ConfigureAwait(false);
        return answer.IsWhole
            ? Response(request, answer)
            : throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, "Wix's answer is longer than 16 MiB.");
    }

    // The request may be sent again by a handler before this one, and what is sent is disposed.
    private static async Task<HttpContent> CopyAsync(HttpContent content, CancellationToken ct)
    {
        var copy = new ByteArrayContent(await content.ReadAsByteArrayAsync(ct).ConfigureAwait(false));
        foreach (var header in content.Headers.NonValidated)
        {
            if (!header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return copy;
    }

    private static List<WixHeader> Wishes(HttpRequestHeaders headers)
    {
        List<WixHeader> wishes = [];
        foreach (var header in headers.NonValidated)
        {
            if (Sent.Contains(header.Key))
                wishes.Add(new(header.Key, header.Value.ToString()));
            else if (!Dropped.Contains(header.Key))
                throw new InvalidOperationException(
                    $"The request has the header {header.Key}. An HttpClient with a Wix identity sends only "
                    + $"{string.Join(", ", Sent.Order(StringComparer.Ordinal))}.");
        }

        return wishes;
    }

    private static HttpResponseMessage Response(HttpRequestMessage request, WixAnswer answer)
    {
        var response =
            new HttpResponseMessage(answer.Status) { RequestMessage = request, Content = new ReadOnlyMemoryContent(answer.Body) };
        foreach (var header in answer.Headers.NonValidated)
        {
            if (!header.Key.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
                response.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        foreach (var header in answer.ContentHeaders.NonValidated)
        {
            if (!header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                response.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return response;
    }
}
