using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization;
using Endpoints.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>
/// Step 6 for one endpoint: accepts a body within its limit, and JSON only if the handler receives everything that is in it.
/// </summary>
/// <remarks>
/// JSON, content that a handler could read as JSON whatever its content type, and bodies without a length are buffered completely, so that
/// bodies that are too large, or contain more than the handler receives, are refused before anything is bound. All other bodies are counted
/// as they are read, after they have been decompressed. The application's own JSON options apply, and remain unchanged for other endpoints.
/// </remarks>
internal sealed class ElevatedBody
{
    private const int MaxDepth = 32;

    private readonly Type _type;
    private readonly bool _readsItself;
    private readonly JsonSerializerOptions _strict;
    private readonly Lazy<PlainJson?> _plain; // at the first body: the start has enough to do

    /// <param name="type">
    /// The type to which the handler binds the body; <see langword="null"/> if the handler reads the body itself.
    /// </param>
    /// <param name="options">The options with which the body is bound.</param>
    public ElevatedBody(Type? type, JsonSerializerOptions? options)
    {
        options ??= JsonSerializerOptions.Web;
        _readsItself = type is null || typeof(Stream).IsAssignableFrom(type) || typeof(PipeReader).IsAssignableFrom(type);
        _type = _readsItself ? typeof(JsonElement) : type!; // then there is one
        _strict = new(options)
        {
            AllowDuplicateProperties = false,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            MaxDepth = options.MaxDepth is > 0 and < MaxDepth ? options.MaxDepth : MaxDepth,
        };
        var own = new JsonSerializerOptions(options);
        own.MakeReadOnly(populateMissingResolver: true);
        _strict.Converters.Insert(0, new SingleMembers(own));
        _strict.MakeReadOnly(populateMissingResolver: true);
        _plain = new(() => PlainJson.For(_type, _strict));
    }

    /// <summary>Gets a value that indicates whether the handler reads the body itself instead of receiving the bound value.</summary>
    public bool IsReadByHandler => _readsItself;

    /// <summary>
    /// Returns the type to which the endpoint binds the body, according to its metadata; <see langword="null"/> if it binds none from JSON.
    /// </summary>
    public static Type? BoundType(IEnumerable<object> metadata) => metadata
        .OfType<IAcceptsMetadata>()
        .LastOrDefault(
            static accepts =>
                accepts.ContentTypes.Any(static type => type.Contains("json", StringComparison.OrdinalIgnoreCase)))?.RequestType;

    /// <summary>Checks the request's body.</summary>
    /// <returns>The problem for which the body is refused; <see langword="null"/> if it may be bound.</returns>
    public ValueTask<Problem?> TakeAsync(HttpContext context)
    {
        var request = context.Request;
        if ((request.ContentLength == 0 || context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            && !HasMore(request.Body))
            return default;

        if (FormRead.IsKept(context))
            return new(RequestProblems.Antiforgery); // a token that the application demands in so many words
        var metadata = context.GetEndpoint()?.Metadata;
        var limit = (metadata?.GetMetadata<IRequestSizeLimitMetadata>() ?? BodyLimit.Instance).MaxRequestBodySize ?? long.MaxValue;
        if (request.ContentLength > limit || LimitedBody.IsFormLarger(context, limit))
            return new(RequestProblems.BodyTooLarge);
        if (_readsItself && metadata?.GetMetadata<RawBodyAttribute>() is not null)
        {
            if (limit != long.MaxValue)
                LimitedBody.Put(context, request.Body, limit);
            return default;
        }

        var isJson = JsonType.Is(request.ContentType, out var isUtf8);
        var isConnection = context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };
        if (isJson && (!isUtf8 || isConnection))
            return new(JsonType.IsMediaType(request.ContentType) && !isConnection
                ? MediaTypeProblems.Charset : MediaTypeProblems.Bound(context));
        if (isJson || (request.ContentLength is null && limit <= BodyLimit.Default && !isConnection))
            return ReadAsync(context, limit, isJson);
        if (limit == long.MaxValue)
            return default;
        if (!isConnection)
            return LookAsync(context, limit);
        LimitedBody.Put(context, request.Body, limit); // the other side may wait for an answer before it sends anything
        return default;
    }

    // Middleware may have put another body in the request's place.
    private static bool HasMore(Stream body) => body.CanSeek && body.Length > body.Position;

    /// <summary>
    /// Inspects the beginning of a body of another type. Content that a handler could read as JSON is buffered, all other content counted
    /// as it is read.
    /// </summary>
    private async ValueTask<Problem?> LookAsync(HttpContext context, long limit)
    {
        try
        {
            if (context.Request.Body is { CanSeek: true } seekable)
            {
                var (isLarger, beginning) = await LimitedBody.MeasureAsync(seekable, limit, context.RequestAborted).ConfigureAwait(false);
                if (isLarger)
                    return RequestProblems.BodyTooLarge;
                return beginning is JsonOpening.Other or JsonOpening.Undecided
                    ? null : await ReadAsync(context, limit, isJson: false).ConfigureAwait(false);
            }

            var reader = context.Request.BodyReader;
            while (true)
            {
                var read = await reader.ReadAsync(context.RequestAborted).ConfigureAwait(false);
                var opening = JsonOpenings.Of(read.Buffer);
                var isSeen = opening != JsonOpening.Undecided || read.IsCompleted || read.Buffer.Length > limit;
                reader.AdvanceTo(read.Buffer.Start, isSeen ? read.Buffer.Start : read.Buffer.End);
                if (!isSeen && read.Buffer.Length > BodyMemory.Free)
                    return await ReadAsync(context, limit, isJson: false).ConfigureAwait(false); // which counts what it holds
                if (!isSeen)
                    continue;
                if (opening is JsonOpening.Json or JsonOpening.WideJson)
                    return await ReadAsync(context, limit, isJson: false).ConfigureAwait(false);
                LimitedBody.Put(context, reader.AsStream(leaveOpen: true), limit);
                return null;
            }
        }
        catch (BadHttpRequestException e)
        {
            return BindingProblems.For(context, e);
        }
        catch (Exception e) when (WholeBody.IsUnreadable(e))
        {
            return RequestProblems.BadRequest;
        }
    }

    private async ValueTask<Problem?> ReadAsync(HttpContext context, long limit, bool isJson)
    {
        var (read, problem) = await WholeBody.ReadAsync(context, limit).ConfigureAwait(false);
        if (problem is not null)
            return problem;

        var reader = context.Request.BodyReader;
        // Middleware that made it one which can be read again may do so after the endpoint.
        var again = context.Request.Body.CanSeek ? new MemoryStream(read.Buffer.ToArray(), writable: false) : null;
        try
        {
            var opening = isJson ? JsonOpening.Json : JsonOpenings.Of(read.Buffer);
            if (opening == JsonOpening.WideJson)
                return MediaTypeProblems.Charset;
            if (opening == JsonOpening.Json && Fault(read.Buffer, isJson) is { } fault)
                return BindingProblems.For(context, new(fault.Message, fault));
        }
        finally
        {
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End); // seen, and left for the binder
        }

        if (again is null)
            TakenBody.HandOn(context, reader);
        else
            context.Request.Body = again;
        return null;
    }

    private JsonException? Fault(in ReadOnlySequence<byte> json, bool isJson)
    {
        if (json.IsEmpty)
            return null;
        if (json.IsSingleSegment)
            return Fault(json.FirstSpan, isJson);
        var length = checked((int)json.Length);
        var whole = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            json.CopyTo(whole);
            return Fault(whole.AsSpan(0, length), isJson);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    private JsonException? Fault(ReadOnlySpan<byte> json, bool isJson)
    {
        if (json.StartsWith("\uFEFF"u8))
            json = json[3..];
        // By another type's name it need not be JSON; if it is, it says one thing only.
        if (!isJson)
            return RepeatedMembers.Find(json, MaxDepth);
        if (_readsItself && RepeatedMembers.Find(json, _strict.MaxDepth) is { } repeated)
            return repeated;
        if (_plain.Value?.IsTaken(json) == true)
            return null;
        try
        {
            JsonSerializer.Deserialize(json, _type, _strict);
            return null;
        }
        catch (JsonException e)
        {
            return e;
        }
        catch (NotSupportedException)
        {
            return null; // nor can it be bound
        }
    }
}
