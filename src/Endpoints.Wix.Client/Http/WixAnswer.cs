using System.Net;
using System.Net.Http.Headers;

namespace Endpoints.Wix.Http;

/// <summary>What Wix answered, whole.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body; empty when it was longer than allowed, in which case <paramref name="IsWhole"/> is false.</param>
/// <param name="IsWhole">Whether the body is all there.</param>
internal sealed record WixAnswer(HttpStatusCode Status, ReadOnlyMemory<byte> Body, bool IsWhole)
{
    /// <summary>When to ask again, if Wix said so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The id to quote to Wix's support; null when there was none that can be printed.</summary>
    public string? RequestId { get; init; }

    /// <summary>What the same caller's next calls shall carry as <c>X-Wix-Consistent</c>, to see what this one wrote; null for nothing.</summary>
    public string? Consistent { get; init; }

    /// <summary>What came before the body.</summary>
    public required HttpResponseHeaders Headers { get; init; }

    /// <summary>What is said of the body.</summary>
    public required HttpContentHeaders ContentHeaders { get; init; }

    /// <summary>Whether it says that it is JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>Whether it is a gateway's word that Wix does not answer.</summary>
    public bool SaysThatWixIsDown => Status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    public override string ToString() => $"{(int)Status}";
}
