using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Endpoints.Problems;

/// <summary>Writes problem documents: the same in every environment.</summary>
internal static class ProblemWriter
{
    private const string TypePrefix = "urn:endpoints:problem:";

    private static readonly string[] OfTheAnswer =
    [
        HeaderNames.AcceptRanges, HeaderNames.ContentDisposition, HeaderNames.ContentEncoding, HeaderNames.ContentLanguage, HeaderNames.ContentLength,
        HeaderNames.ContentLocation, HeaderNames.ContentRange, HeaderNames.ContentType, HeaderNames.ETag, HeaderNames.Expires, HeaderNames.LastModified,
        HeaderNames.Location, HeaderNames.SetCookie, HeaderNames.Trailer, HeaderNames.TransferEncoding,
    ];

    /// <summary>Answers the request with a problem. The response must not have started; what a handler had set up of it is dropped, but for headers.</summary>
    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        var body = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(body))
            Write(json, context, problem);

        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = "application/problem+json";
        response.ContentLength = body.WrittenCount;
        response.Headers.XContentTypeOptions = "nosniff";
        if (problem.Headers is not null)
        {
            foreach (var (name, value) in problem.Headers)
                response.Headers[name] = value;
        }
        // In these letters alone: the server leaves the body out of no other.
        if (context.Request.Method != "HEAD")
            await response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>
    /// Answers with a problem instead of what the endpoint had begun to answer. Headers that other parts of the application set, for security or CORS, stay; those
    /// that describe the abandoned answer go, its cookies too.
    /// </summary>
    public static Task ReplaceAsync(HttpContext context, Problem problem)
    {
        var response = context.Response;
        foreach (var name in OfTheAnswer)
            response.Headers.Remove(name);
        response.Headers.CacheControl = "no-store"; // not what the endpoint wanted for its success
        if (context.Features.Get<IHttpResponseFeature>() is { } feature)
            feature.ReasonPhrase = null;
        if (response.Body.CanSeek)
            response.Body.SetLength(0);
        return WriteAsync(context, problem);
    }

    private static void Write(Utf8JsonWriter json, HttpContext context, Problem problem)
    {
        json.WriteStartObject();
        json.WriteString("type", TypePrefix + problem.Type);
        json.WriteString("title", problem.Title);
        json.WriteNumber("status", problem.Status);
        if (problem.Detail is not null)
            json.WriteString("detail", problem.Detail);
        if (problem.Errors is not null)
        {
            json.WriteStartObject("errors");
            foreach (var (name, messages) in problem.Errors)
            {
                json.WriteStartArray(name);
                foreach (var message in messages)
                    json.WriteStringValue(message);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        foreach (var (name, value) in problem.Members ?? new Dictionary<string, object>())
        {
            json.WritePropertyName(name);
            switch (value)
            {
                case bool truth:
                    json.WriteBooleanValue(truth);
                    break;
                case int or long:
                    json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                    break;
                default:
                    json.WriteStringValue(value.ToString());
                    break;
            }
        }
        json.WriteString("traceId", Activity.Current?.Id ?? context.TraceIdentifier);
        json.WriteEndObject();
    }
}
