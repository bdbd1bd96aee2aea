using System.Buffers;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Endpoints.Wix.Calls;
using Endpoints.Wix.Http;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>
/// Represents the connection of a client's modules to Wix's API, under the client's identity. Only clients have one, and its only use is to
/// create a module.
/// </summary>
[JsonConverter(typeof(ServerMadeJsonConverter<WixChannel>))]
public sealed class WixChannel
{
    private readonly WixTransport _transport;

    internal WixChannel(WixTransport transport, WixIdentity identity)
    {
        _transport = transport;
        Identity = identity;
    }

    internal WixIdentity Identity { get; }

    internal Uri Origin => _transport.Origin;

    /// <summary>Returns the address of a path.</summary>
    /// <exception cref="ArgumentException">The path is not one, or does not stay as it is written.</exception>
    internal Uri AddressOf(string path) => _transport.Addresses.Of(path);

    /// <summary>Returns the same API under another identity.</summary>
    internal WixChannel As(WixIdentity other) => new(_transport, other);

    /// <summary>Makes a call and reads its answer.</summary>
    /// <exception cref="WixApiException">Wix answered with an error, or with something else than the call's answer.</exception>
    internal async Task<T> SendAsync<T>(WixOperation<T> operation, WixArguments? arguments, CancellationToken ct)
    {
        var call = WixCall.Of(operation, arguments, Origin);
        return Read(call, await _transport.SendAsync(Identity, call, content: null, ct).ConfigureAwait(false), operation.Answer);
    }

    /// <summary>Makes a call with a body and reads its answer.</summary>
    /// <exception cref="WixApiException">Wix answered with an error, or with something else than the call's answer.</exception>
    internal async Task<T> SendAsync<TBody, T>(WixOperation<TBody, T> operation, TBody body, WixArguments? arguments, CancellationToken ct)
    {
        var call = WixCall.Of(operation, arguments, Origin);
        var bytes = Write(body, operation.Body);
        return Read(call, await _transport.SendAsync(Identity, call, () => JsonBody.Of(bytes), ct).ConfigureAwait(false), operation.Answer);
    }

    /// <summary>Makes a call without examining its answer.</summary>
    internal ValueTask<WixAnswer> FetchAsync(WixCall call, Func<HttpContent>? content, CancellationToken ct) =>
        _transport.SendAsync(Identity, call, content, ct);

    private static ReadOnlyMemory<byte> Write<T>(T body, WixSerializer<T> serializer)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
            serializer.Write(json, body);
        return buffer.WrittenMemory;
    }

    private T Read<T>(WixCall call, WixAnswer answer, WixSerializer<T> serializer)
    {
        if (answer.Status is not (HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.NoContent))
            throw WixError.Read(call, answer, Identity.IsElevated);
        try
        {
            if (answer.IsWhole && serializer.Read(answer.Body) is { } value)
                return value;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            // What the parser says may quote the answer; that it is none is all there is to say.
        }

        throw new WixApiException($"Wix answered {call.Method.Method} {call.Template} with content that is not in the expected format.",
            HttpStatusCode.BadGateway)
        {
            IsElevated = Identity.IsElevated,
            RequestId = answer.RequestId,
        };
    }
}
