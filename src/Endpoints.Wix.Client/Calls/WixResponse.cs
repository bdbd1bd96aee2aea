using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Endpoints.Wix.Http;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>
/// Represents what Wix answered to <see cref="WixApiClient.FetchWithAuthAsync"/>. It is in memory: nothing of it is read later, and there
/// is nothing to dispose.
/// </summary>
public sealed class WixResponse
{
    internal WixResponse(ServersWord byServer, WixAnswer answer)
    {
        _ = byServer;
        Status = answer.Status;
        Body = answer.Body;
        RequestId = answer.RequestId;
        Headers = answer.Headers;
        ContentHeaders = answer.ContentHeaders;
    }

    [JsonConstructor]
    private WixResponse(string? requestId) => throw ServerMadeJson.NotRead();

    /// <summary>Gets the HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>Gets the body. A body of more than 16 MiB is left out.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Gets the id to quote to Wix's support; <see langword="null"/> if there was none.</summary>
    public string? RequestId { get; }

    /// <summary>Gets a value that indicates whether the status is one of success (200 to 299).</summary>
    [JsonIgnore]
    public bool IsSuccessStatusCode => (int)Status is >= 200 and < 300;

    /// <summary>Gets the headers, without those of the body. They aren't written as JSON with the response.</summary>
    [JsonIgnore]
    public HttpResponseHeaders Headers { get; }

    /// <summary>Gets the headers of the body, such as <c>Content-Type</c>. They aren't written as JSON with the response.</summary>
    [JsonIgnore]
    public HttpContentHeaders ContentHeaders { get; }

    /// <summary>Reads the body as JSON, whatever the status is.</summary>
    /// <typeparam name="T">The type to read.</typeparam>
    /// <param name="typeInfo">The type's metadata, such as a property of a <c>JsonSerializerContext</c>.</param>
    /// <exception cref="JsonException">The body isn't JSON, or doesn't match the type.</exception>
    public T? ReadFromJson<T>(JsonTypeInfo<T> typeInfo) => JsonSerializer.Deserialize(Body.Span, typeInfo);

    /// <summary>Reads the body as JSON, whatever the status is.</summary>
    /// <typeparam name="T">The type to read.</typeparam>
    /// <param name="options">The options; <see cref="JsonSerializerOptions.Web"/> by default.</param>
    /// <exception cref="JsonException">The body isn't JSON, or doesn't match the type.</exception>
    [RequiresUnreferencedCode("The type is read by reflection. Use the overload that takes a JsonTypeInfo.")]
    [RequiresDynamicCode("The type is read by reflection. Use the overload that takes a JsonTypeInfo.")]
    public T? ReadFromJson<T>(JsonSerializerOptions? options = null) =>
        JsonSerializer.Deserialize<T>(Body.Span, options ?? JsonSerializerOptions.Web);
}
