using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization;
using Endpoints.Problems;
using Endpoints.Wix.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>Step 6 for one endpoint: takes the body within its limit, and JSON only if the handler gets all that is in it.</summary>
/// <remarks>
/// JSON, and what comes without a length, is read whole and left to be read again: what is too large or too much is refused before anything
/// is bound. The application's own JSON options hold for it, and stay as they are for other endpoints.
/// </remarks>
internal sealed class ElevatedBody
{
    private const int MaxDepth = 32;

    private readonly Type _type;
    private readonly JsonSerializerOptions _strict;
    private readonly Lazy<PlainJson?> _plain; // at the first body: the start has enough to do

    /// <param name="type">What the handler binds the body to; null when it reads it itself.</param>
    /// <param name="options">The options that it is bound with.</param>
    public ElevatedBody(Type? type, JsonSerializerOptions? options)
    {
        options ??= JsonSerializerOptions.Web;
        _type = type is null || typeof(Stream).IsAssignableFrom(type) || typeof(PipeReader).IsAssignableFrom(type) ? typeof(JsonElement) : type;
        _strict = new(options)
        {
            AllowDuplicateProperties = false,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            MaxDepth = options.MaxDepth is > 0 and < MaxDepth ? options.MaxDepth : MaxDepth,
        };
        _strict.MakeReadOnly(populateMissingResolver: true);
        _plain = new(() => PlainJson.For(_type, _strict));
    }

    /// <summary>What the endpoint's metadata says of the body it binds; null when it binds none from JSON.</summary>
    public static Type? BoundType(IEnumerable<object> metadata) => metadata
        .OfType<IAcceptsMetadata>()
        .LastOrDefault(static accepts => accepts.ContentTypes.Any(static type => type.Contains("json", StringComparison.OrdinalIgnoreCase)))?.RequestType;

    /// <summary>Takes the request's body.</summary>
    /// <returns>Why it is refused; null when it may be bound.</returns>
    public ValueTask<Problem?> TakeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength == 0
            || HttpMethods.IsConnect(request.Method) // a tunnel
            || context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return default;
        }

        var metadata = context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>() ?? BodyLimit.Instance;
        var limit = metadata.MaxRequestBodySize ?? long.MaxValue;
        if (request.ContentLength > limit)
            return new(RequestProblems.BodyTooLarge);

        var isJson = IsJson(request.ContentType, out var isUtf8);
        if (isJson && !isUtf8)
            return new(RequestProblems.UnsupportedMediaType);
        return isJson || (request.ContentLength is null && limit <= BodyLimit.Default) ? ReadAsync(context, limit, isJson) : default;
    }

    private static bool IsJson(string? contentType, out bool isUtf8)
    {
        isUtf8 = true;
        if (contentType is "application/json" or "application/json; charset=utf-8")
            return true;
        if (contentType is null || !contentType.Contains("json", StringComparison.OrdinalIgnoreCase))
            return false;
        // The parser that binders and handlers read it with: another would take less for JSON, or more, than they do.
        if (!MediaTypeHeaderValue.TryParse(contentType, out var parsed))
        {
            isUtf8 = false; // nobody can say what it is
            return true;
        }

        // In another encoding it could say one thing here and another to the binder.
        var encoding = parsed.Charset;
        isUtf8 = encoding.Length == 0 || encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || encoding.Equals("us-ascii", StringComparison.OrdinalIgnoreCase);
        var type = parsed.MediaType;
        return type.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    private async ValueTask<Problem?> ReadAsync(HttpContext context, long limit, bool isJson)
    {
        var reader = context.Request.BodyReader;
        ReadResult read;
        BodyMemory? memory = null;
        BodyMemory.Share? share = null;
        ITimer? tooLong = null;
        try
        {
            while (true)
            {
                var reading = reader.ReadAsync(context.RequestAborted);
                if (!reading.IsCompleted && tooLong is null)
                {
                    memory ??= context.RequestServices.GetRequiredService<BodyMemory>();
                    tooLong = TimeProvider.System.CreateTimer(static state => ((PipeReader)state!).CancelPendingRead(), reader, memory.Timeout, Timeout.InfiniteTimeSpan);
                }

                read = await reading.ConfigureAwait(false);
                if (read.IsCanceled)
                {
                    reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                    share?.Dispose();
                    return RequestProblems.Timeout;
                }

                if (share is not null || !read.IsCompleted || read.Buffer.Length > BodyMemory.Free)
                {
                    if (share is null)
                    {
                        memory ??= context.RequestServices.GetRequiredService<BodyMemory>();
                        context.Response.RegisterForDispose(share = memory.Begin(ClientAddress.Of(context)));
                    }

                    if (read.Buffer.Length <= limit && !share.TryGrow(read.Buffer.Length))
                    {
                        reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                        share.Dispose();
                        return WixProblems.RateLimited(null);
                    }
                }

                if (read.Buffer.Length > limit)
                {
                    reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                    return RequestProblems.BodyTooLarge;
                }

                if (read.IsCompleted)
                    break;
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (BadHttpRequestException e)
        {
            return BindingProblems.For(context, e);
        }
        catch (Exception e) when (IsNotWhatItWasPackedAs(e))
        {
            return RequestProblems.BadRequest;
        }
        finally
        {
            tooLong?.Dispose();
        }

        // Middleware that made it one which can be read again may do so after the endpoint.
        var again = context.Request.Body.CanSeek ? new MemoryStream(read.Buffer.ToArray(), writable: false) : null;
        try
        {
            if (isJson && Fault(read.Buffer) is { } fault)
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

    /// <summary>Whether middleware that unpacks bodies could not make anything of one. Brotli has no exception of its own for it.</summary>
    private static bool IsNotWhatItWasPackedAs(Exception e) =>
        e is InvalidDataException || (e is InvalidOperationException && e.Source == typeof(BrotliStream).Assembly.GetName().Name);

    private JsonException? Fault(in ReadOnlySequence<byte> json)
    {
        if (json.IsEmpty)
            return null;
        if (json.IsSingleSegment)
            return Fault(json.FirstSpan);
        var length = checked((int)json.Length);
        var whole = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            json.CopyTo(whole);
            return Fault(whole.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    private JsonException? Fault(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith("\uFEFF"u8))
            json = json[3..];
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
