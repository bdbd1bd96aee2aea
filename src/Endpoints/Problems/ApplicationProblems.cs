using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Endpoints.Problems;

/// <summary>
/// Applies the application's own handling of problem documents: its <see cref="IProblemDetailsWriter"/>s and its customization.
/// </summary>
internal static partial class ApplicationProblems
{
    /// <summary>
    /// Has the application's own writer write a problem. The framework's own are not asked: this library writes in their place.
    /// </summary>
    /// <returns>Whether one has; not when there is none that would, nor when it has failed before anything was sent.</returns>
    public static async ValueTask<bool> WriteAsync(HttpContext context, Problem problem)
    {
        if (context.RequestServices?.GetServices<IProblemDetailsWriter>() is not { } writers)
            return false;
        ProblemDetailsContext? details = null;
        foreach (var writer in writers)
        {
            if (writer.GetType().Assembly.GetName().Name?.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) == true)
                continue;
            try
            {
                details ??= Details(context, problem);
                if (!writer.CanWrite(details))
                    continue;
                // It writes the document. What the answer is stays what it is.
                context.Response.OnStarting(static state =>
                {
                    var (response, problem) = ((HttpResponse, Problem))state;
                    ProblemWriter.Begin(response, problem);
                    return Task.CompletedTask;
                }, (context.Response, problem));
                await writer.WriteAsync(details).ConfigureAwait(false);
                return true;
            }
            catch (Exception e) when (!HasBegun(context.Response) && !context.RequestAborted.IsCancellationRequested)
            {
                LogNotWritten(Logger(context), e);
                ProblemWriter.DropDescription(context.Response);
                ProblemWriter.Begin(context.Response, problem);
                return false;
            }
        }

        return false;
    }

    /// <summary>
    /// The document as the application has customized it; null when it customizes none. Its type and status are the problem's, whatever was
    /// made of them.
    /// </summary>
    public static ArrayBufferWriter<byte>? Customized(HttpContext context, Problem problem)
    {
        if (context.RequestServices?.GetService<IOptions<ProblemDetailsOptions>>()?.Value.CustomizeProblemDetails is not { } customize)
            return null;
        try
        {
            var details = Details(context, problem);
            customize(details);
            (details.ProblemDetails.Type, details.ProblemDetails.Status) = (ProblemWriter.TypeOf(problem), problem.Status);
            var body = new ArrayBufferWriter<byte>(256);
            using (var json = new Utf8JsonWriter(body))
                Write(json, details.ProblemDetails, context);
            return body;
        }
        catch (Exception e)
        {
            LogNotCustomized(Logger(context), e);
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, ProblemDetails details, HttpContext context)
    {
        json.WriteStartObject();
        json.WriteString("type", details.Type);
        if (details.Title is not null)
            json.WriteString("title", details.Title);
        json.WriteNumber("status", details.Status ?? context.Response.StatusCode);
        if (details.Detail is not null)
            json.WriteString("detail", details.Detail);
        if (details.Instance is not null)
            json.WriteString("instance", details.Instance);

        var options = context.RequestServices.GetService<IOptions<JsonOptions>>()?.Value.SerializerOptions ?? JsonSerializerOptions.Web;
        if (details is HttpValidationProblemDetails { Errors: var errors })
        {
            json.WritePropertyName("errors");
            JsonSerializer.Serialize(json, errors);
        }
        foreach (var (name, value) in details.Extensions)
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value, value?.GetType() ?? typeof(object), options);
        }
        json.WriteEndObject();
    }

    private static ProblemDetailsContext Details(HttpContext context, Problem problem)
    {
        var details = problem.Errors is null ? new ProblemDetails() : new HttpValidationProblemDetails(problem.Errors.ToDictionary());
        (details.Type, details.Status, details.Title, details.Detail) =
            (ProblemWriter.TypeOf(problem), problem.Status, problem.Title, problem.Detail);
        foreach (var (name, value) in problem.Members ?? new Dictionary<string, object>())
            details.Extensions[name] = value;
        details.Extensions["traceId"] = ProblemWriter.TraceId(context);
        return new() { HttpContext = context, ProblemDetails = details, AdditionalMetadata = context.GetEndpoint()?.Metadata };
    }

    // What is written and not sent yet can't be taken back.
    private static bool HasBegun(HttpResponse response) =>
        response.HasStarted || response.BodyWriter is { CanGetUnflushedBytes: true, UnflushedBytes: > 0 };

    private static ILogger Logger(HttpContext context) => context.RequestServices.GetRequiredService<ILogger<ProblemDetailsOptions>>();

    [LoggerMessage(1, LogLevel.Error, "CustomizeProblemDetails failed. The problem details are written without its changes")]
    private static partial void LogNotCustomized(ILogger logger, Exception cause);

    [LoggerMessage(2, LogLevel.Error, "The application's IProblemDetailsWriter failed. The problem details are written without it")]
    private static partial void LogNotWritten(ILogger logger, Exception cause);
}
