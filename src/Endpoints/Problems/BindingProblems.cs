using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Endpoints.Problems;

/// <summary>
/// Describes why a request could not be bound to a handler's parameters, without repeating the text of the framework's exception.
/// </summary>
internal static class BindingProblems
{
    private const int LongestPath = 200;

    /// <returns>The problem, or null if the exception is not a binding failure.</returns>
    public static Problem? For(HttpContext context, Exception exception) => exception switch
    {
        BadHttpRequestException bad => For(context, bad),
        _ when FormProblems.For(context, exception) is { } form => form,
        // a chunk whose size is more than the server can count
        IOException { InnerException: OverflowException } => RequestProblems.BadRequest,
        InvalidOperationException when HasUnknownCharset(context) => MediaTypeProblems.Charset,
        InvalidOperationException when ReadBy.Json(exception) == ReadBy.Reader.Itself =>
            context.Request.HasJsonContentType() ? MediaTypeProblems.Charset : MediaTypeProblems.NoJson(context),
        ArgumentException when ReadBy.Host(exception) => RequestProblems.BadHost,
        JsonException json when ReadBy.Json(json) != ReadBy.Reader.None => Malformed(json), // the handler has read the body itself
        IInputException input => input.Problem,
        _ => null,
    };

    public static Problem For(HttpContext context, BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => RequestProblems.BodyTooLarge,
        StatusCodes.Status415UnsupportedMediaType => MediaTypeProblems.Bound(context),
        StatusCodes.Status408RequestTimeout => RequestProblems.Timeout,
        _ when exception.InnerException is JsonException json => Malformed(json),
        _ when FormProblems.Bound(exception) is { } form => form,
        _ when BoundNames.Of(context, exception) is { } parameter => RequestProblems.Missing(parameter),
        _ => RequestProblems.BadRequest with { Status = exception.StatusCode is >= 400 and < 500 ? exception.StatusCode : 400 },
    };

    private static Problem Malformed(JsonException exception)
    {
        var path = exception.Path is { Length: > 0 and <= LongestPath } known ? known : "$";
        var line = (exception.LineNumber ?? 0) + 1;
        var position = (exception.BytePositionInLine ?? 0) + 1;
        return new Problem(
            "malformed-json", 400, "The body is not the JSON that the endpoint expects.",
            $"The JSON can't be read at {path}, line {line}, byte {position}.")
        {
            Members = new Dictionary<string, object> { ["path"] = path, ["line"] = line, ["position"] = position },
        };
    }

    /// <remarks>The framework treats it as an error of the application.</remarks>
    private static bool HasUnknownCharset(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is null
            || !context.Request.HasJsonContentType()
            || !MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || !type.Charset.HasValue)
        {
            return false;
        }
        try
        {
            _ = Encoding.GetEncoding(type.Charset.ToString()); // as the binder reads it
            return false;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return true;
        }
    }
}
