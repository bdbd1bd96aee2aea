using System.Net;
using System.Text.Json.Serialization;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>What Wix answered to <see cref="WixApiClient.FetchWithAuthAsync"/>.</summary>
public sealed class WixResponse
{
    internal WixResponse(ServersWord byServer, HttpStatusCode status, ReadOnlyMemory<byte> body, string? requestId)
    {
        _ = byServer;
        Status = status;
        Body = body;
        RequestId = requestId;
    }

    [JsonConstructor]
    private WixResponse(string? requestId) => throw ServerMadeJson.NotRead();

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>The body, at most 16 MiB of it or nothing.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The id to quote to Wix's support; null when Wix gave none.</summary>
    public string? RequestId { get; }
}
