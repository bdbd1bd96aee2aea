using System.Globalization;
using System.Net.Http.Headers;
using Endpoints.Wix.Values;
using Microsoft.Extensions.Options;
using Polly;

namespace Endpoints.Wix.Http;

/// <summary>Sends requests to Wix's API origin and nowhere else, and reads answers up to a size.</summary>
internal sealed class WixHttp
{
    private const string ConsistentHeader = "X-Wix-Consistent";
    private const int MaxBody = 16 * 1024 * 1024;
    private const int MaxConsistent = 2048;
    private const int UnknownLength = 4096; // to begin with

    private readonly WixConnection _connection;
    private readonly WixResilience _resilience;
    private readonly WixClock _clock;
    private readonly TimeProvider _time;
    private readonly Uri _origin;
    private readonly Func<ResilienceContext, WixRequest, ValueTask<Outcome<WixAnswer>>> _sendOnce;

    public WixHttp(WixConnection connection, WixResilience resilience, WixClock clock, IOptions<WixClientOptions> options,
        TimeProvider time)
    {
        (_connection, _resilience, _clock, _time) = (connection, resilience, clock, time);
        _origin = options.Value.ApiBaseAddress;
        _sendOnce = SendOnceAsync; // one delegate for all requests
    }

    /// <summary>Sends a request. It is sent again if that is allowed and Wix was only busy.</summary>
    /// <param name="request">The request.</param>
    /// <param name="ct">The token to monitor for cancellation requests.</param>
    /// <exception cref="WixUnavailableException">There was no whole answer in time.</exception>
    public ValueTask<WixAnswer> SendAsync(WixRequest request, CancellationToken ct) => _resilience.SendAsync(request, _sendOnce, ct);

    // A failure is an outcome, which the circuit breaker takes without throwing it again.
    private async ValueTask<Outcome<WixAnswer>> SendOnceAsync(ResilienceContext context, WixRequest request)
    {
        try
        {
            using var message = Message(request);
            using var response = await _connection.SendAsync(message, context.CancellationToken).ConfigureAwait(false);
            var headers = response.Headers;
            _clock.Hear(Date(headers));
            var (body, isWhole) = await ReadAsync(response.Content, context.CancellationToken).ConfigureAwait(false);
            return Outcome.FromResult(new WixAnswer(response.StatusCode, body, isWhole)
            {
                Headers = headers,
                ContentHeaders = response.Content.Headers,
                IsJson = IsJson(response.Content.Headers),
                RetryAfter = RetryAfter(headers),
                RequestId = First(headers, "X-Wix-Request-Id") is { Length: <= 64 } id && Identifier.IsValid(id) ? id : null,
                Consistent = Consistent(headers),
            });
        }
        catch (Exception e)
        {
            return Outcome.FromException<WixAnswer>(e);
        }
    }

    private HttpRequestMessage Message(WixRequest request)
    {
        var message = new HttpRequestMessage(
            request.Method, request.Address ?? WixAddress.On(_origin, request.Path)) { Content = request.Content?.Invoke() };
        var headers = message.Headers;
        if (request.Token is { } token && !headers.TryAddWithoutValidation("Authorization", token.Reveal()))
            throw new InvalidOperationException("The token can't be sent.");
        if (request.Header is { } header)
            headers.Add(header.Name, header.Value);
        foreach (var (name, value) in request.Wishes)
            headers.TryAddWithoutValidation(name, value);
        if (request.Consistent is { } consistent)
            headers.TryAddWithoutValidation(ConsistentHeader, consistent);
        return message;
    }

    private static async ValueTask<(ReadOnlyMemory<byte> Body, bool IsWhole)> ReadAsync(HttpContent content, CancellationToken ct)
    {
        var length = content.Headers.ContentLength;
        if (length > MaxBody)
            return (default, false);
        var stream = await content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = length == 0 ? [] : new byte[length ?? UnknownLength];
            var read = 0;
            while (read != length)
            {
                if (read == buffer.Length)
                {
                    if (read > MaxBody)
                        return (default, false);
                    Array.Resize(ref buffer, Math.Min(2 * read, MaxBody + 1));
                }

                var got = await stream.ReadAsync(buffer.AsMemory(read), ct).ConfigureAwait(false);
                if (got == 0)
                    break;
                read += got;
            }

            return (buffer.AsMemory(0, read), true);
        }
    }

    // As they were sent: parsing keeps objects for each.
    private static string? First(HttpHeaders headers, string name)
    {
        if (!headers.NonValidated.TryGetValues(name, out var values))
            return null;
        foreach (var value in values)
            return value;
        return null;
    }

    private static DateTimeOffset? Date(HttpResponseHeaders headers) =>
        DateTimeOffset.TryParseExact(First(headers, "Date"), "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date : headers.Date;

    private static bool IsJson(HttpContentHeaders headers) =>
        string.Equals(First(headers, "Content-Type"), "application/json", StringComparison.OrdinalIgnoreCase)
        || (headers.ContentType?.MediaType is { } type
            && (type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase)));

    private TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        var wait = headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - _time.GetUtcNow();
        return wait is { } given && given > TimeSpan.Zero ? (given < TimeSpan.FromHours(1) ? given : TimeSpan.FromHours(1)) : null;
    }

    // It goes back into a header: visible ASCII, as every such value of Wix's is.
    private static string? Consistent(HttpResponseHeaders headers) =>
        First(headers, ConsistentHeader) is { Length: > 0 and <= MaxConsistent } value
        && !value.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? value
            : null;
}
