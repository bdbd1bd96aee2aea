using System.Net;
using System.Net.Http.Headers;

namespace Endpoints.Wix.Http;

/// <summary>Represents Wix's complete answer.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">
/// The body; empty if it was longer than allowed, in which case <paramref name="IsWhole"/> is <see langword="false"/>.
/// </param>
/// <param name="IsWhole"><see langword="true"/> if the body is complete; otherwise, <see langword="false"/>.</param>
internal sealed record WixAnswer(HttpStatusCode Status, ReadOnlyMemory<byte> Body, bool IsWhole)
{
    /// <summary>Gets the time to wait before asking again; <see langword="null"/> if Wix did not specify one.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets the request id to quote to Wix's support; <see langword="null"/> if there was no printable one.</summary>
    public string? RequestId { get; init; }

    /// <summary>
    /// Gets the value that the same caller's next calls must send as <c>X-Wix-Consistent</c>, to see what this one wrote;
    /// <see langword="null"/> for none.
    /// </summary>
    public string? Consistent { get; init; }

    /// <summary>Gets the response headers.</summary>
    public required HttpResponseHeaders Headers { get; init; }

    /// <summary>Gets the content headers.</summary>
    public required HttpContentHeaders ContentHeaders { get; init; }

    /// <summary>Gets a value that indicates whether the content type is JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>Gets a value that indicates whether a gateway reports that Wix does not answer.</summary>
    public bool SaysThatWixIsDown =>
        Status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    public override string ToString() => $"{(int)Status}";
}
