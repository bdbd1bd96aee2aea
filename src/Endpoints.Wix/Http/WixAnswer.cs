using System.Net;

namespace Endpoints.Wix.Http;

/// <summary>What Wix answered, whole.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body; empty when it was longer than allowed, in which case <paramref name="IsWhole"/> is false.</param>
/// <param name="IsWhole">Whether the body is all there.</param>
/// <param name="RetryAfter">When to ask again, if Wix said so.</param>
/// <param name="RequestId">The id to quote to Wix's support; null when there was none that can be printed.</param>
internal sealed record WixAnswer(HttpStatusCode Status, ReadOnlyMemory<byte> Body, bool IsWhole, TimeSpan? RetryAfter, string? RequestId)
{
    public override string ToString() => $"{(int)Status}";
}
