using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Endpoints.Problems;

/// <summary>Writes problem documents, which are the same in every environment unless the application customizes them.</summary>
internal static class ProblemWriter
{
    private const string TypePrefix = "urn:endpoints:problem:";

    private static readonly string[] OfTheAnswer =
    [
        HeaderNames.AcceptRanges, HeaderNames.ContentDisposition, HeaderNames.ContentEncoding, HeaderNames.ContentLanguage,
        HeaderNames.ContentLength,
        HeaderNames.ContentLocation, HeaderNames.ContentRange, HeaderNames.ContentType, HeaderNames.ETag, HeaderNames.Expires,
        HeaderNames.LastModified,
        HeaderNames.Location, HeaderNames.Trailer, HeaderNames.TransferEncoding,
    ];

    /// <summary>
    /// Writes a problem as the response. The response must not have started. What the handler had prepared is dropped, except for headers.
    /// </summary>
    /// <remarks>
    /// The application's customization of its own problem documents applies to these, too, except for their type and status.
    /// </remarks>
    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        var response = context.Response;
        Begin(response, problem);
        if (await ApplicationProblems.WriteAsync(context, problem).ConfigureAwait(false))
        {
            if (RefusedBody.IsComing(context))
                await RefusedBody.ReadAsync(context).ConfigureAwait(false);
            return;
        }

        var body = ApplicationProblems.Customized(context, problem);
        if (body is null)
        {
            body = new ArrayBufferWriter<byte>(256);
            using var json = new Utf8JsonWriter(body);
            Write(json, context, problem);
        }

        // Whatever code of the application's has run since.
        Begin(response, problem);
        response.ContentType = "application/problem+json";
        response.ContentLength = body.WrittenCount;

        // In these letters alone: the server leaves the body out of no other.
        if (context.Request.Method != "HEAD")
            await response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
        if (RefusedBody.IsComing(context))
            await RefusedBody.ReadAsync(context).ConfigureAwait(false);
    }

    /// <summary>Writes a problem instead of the response that the endpoint had begun.</summary>
    public static Task ReplaceAsync(HttpContext context, Problem problem)
    {
        Abandon(context);
        return WriteAsync(context, problem);
    }

    /// <summary>
    /// Discards the response that the endpoint had begun. Headers of other parts of the application, for security or CORS, stay. Headers
    /// that describe the abandoned response are removed, and so are the cookies that the endpoint set.
    /// </summary>
    public static void Abandon(HttpContext context)
    {
        var response = context.Response;
        DropDescription(response);
        AnswerBefore.Restore(context);
        response.Headers.CacheControl = "no-store"; // not what the endpoint wanted for its success
        if (context.Features.Get<IHttpResponseFeature>() is { } feature)
            feature.ReasonPhrase = null;
        if (response.Body.CanSeek)
            response.Body.SetLength(0);
    }

    /// <summary>Says what the answer is: its status, and the headers that belong to it.</summary>
    public static void Begin(HttpResponse response, Problem problem)
    {
        response.StatusCode = problem.Status;
        response.Headers.XContentTypeOptions = "nosniff";
        if (problem.Headers is null)
            return;
        foreach (var (name, value) in problem.Headers)
            response.Headers[name] = value;
    }

    /// <summary>Drops the headers that describe an answer which is not given.</summary>
    public static void DropDescription(HttpResponse response)
    {
        foreach (var name in OfTheAnswer)
            response.Headers.Remove(name);
    }

    /// <summary>The whole of a problem's type.</summary>
    public static string TypeOf(Problem problem) => TypePrefix + problem.Type;

    /// <summary>Returns the id that identifies the request in the logs.</summary>
    public static string TraceId(HttpContext context) => Activity.Current?.Id ?? context.TraceIdentifier;

    private static void Write(Utf8JsonWriter json, HttpContext context, Problem problem)
    {
        json.WriteStartObject();
        json.WriteString("type", TypeOf(problem));
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
        json.WriteString("traceId", TraceId(context));
        json.WriteEndObject();
    }
}
