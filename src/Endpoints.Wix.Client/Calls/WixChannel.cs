using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Endpoints.Wix.Http;

namespace Endpoints.Wix.Calls;

/// <summary>What a module speaks through: Wix's API, under one identity, in JSON.</summary>
internal sealed class WixChannel(WixTransport transport, WixIdentity identity)
{
    public WixIdentity Identity => identity;

    public Uri Origin => transport.Origin;

    /// <summary>The same API under another identity.</summary>
    public WixChannel As(WixIdentity other) => new(transport, other);

    /// <summary>Makes a call and reads its answer.</summary>
    /// <exception cref="WixApiException">Wix answered with an error, or with something else than the call's answer.</exception>
    public async Task<T> SendAsync<T>(WixCall call, JsonTypeInfo<T> type, CancellationToken ct) =>
        Read(call, await transport.SendAsync(identity, call, content: null, ct).ConfigureAwait(false), type);

    /// <summary>Makes a call with a body and reads its answer.</summary>
    /// <exception cref="WixApiException">Wix answered with an error, or with something else than the call's answer.</exception>
    public async Task<T> SendAsync<TBody, T>(WixCall call, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type, CancellationToken ct)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, bodyType);
        return Read(call, await transport.SendAsync(identity, call, () => JsonBody.Of(bytes), ct).ConfigureAwait(false), type);
    }

    /// <summary>Makes a call whose answer is not looked into.</summary>
    public Task<WixAnswer> FetchAsync(WixCall call, Func<HttpContent>? content, CancellationToken ct) => transport.SendAsync(identity, call, content, ct);

    private T Read<T>(WixCall call, WixAnswer answer, JsonTypeInfo<T> type)
    {
        if (answer.Status != HttpStatusCode.OK)
            throw WixError.Read(call, answer, identity.IsElevated);
        try
        {
            if (answer.IsWhole && JsonSerializer.Deserialize(answer.Body.Span, type) is { } value)
                return value;
        }
        catch (JsonException)
        {
            // What the parser says may quote the answer; that it is none is all there is to say.
        }

        throw new WixApiException($"Wix answered {call.Method.Method} {call.Template} with something that is not the call's answer.", HttpStatusCode.BadGateway)
        {
            IsElevated = identity.IsElevated,
            RequestId = answer.RequestId,
        };
    }
}
