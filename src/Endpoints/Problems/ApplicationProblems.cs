using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Endpoints.Problems;

/// <summary>The application's own way with problem documents: its <see cref="IProblemDetailsWriter"/>s, and what it customizes of each document.</summary>
internal static partial class ApplicationProblems
{
    /// <summary>The application's writer for a problem; null when it has none that would write it. The framework's own are not asked: this library writes in their place.</summary>
    public static (IProblemDetailsWriter Writer, ProblemDetailsContext Context)? Writer(HttpContext context, Problem problem)
    {
        ProblemDetailsContext? details = null;
        foreach (var writer in context.RequestServices?.GetServices<IProblemDetailsWriter>() ?? [])
        {
            if (writer.GetType().Assembly.GetName().Name?.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) == true)
                continue;
            details ??= Details(context, problem);
            if (writer.CanWrite(details))
                return (writer, details);
        }

        return null;
    }

    /// <summary>The document as the application has customized it; null when it customizes none. Its type and status are the problem's, whatever was made of them.</summary>
    public static ProblemDetails? Customized(HttpContext context, Problem problem)
    {
        if (context.RequestServices?.GetService<IOptions<ProblemDetailsOptions>>()?.Value.CustomizeProblemDetails is not { } customize)
            return null;
        var details = Details(context, problem);
        try
        {
            customize(details);
        }
        catch (Exception e)
        {
            LogNotCustomized(context.RequestServices.GetRequiredService<ILogger<ProblemDetailsOptions>>(), e);
            return null;
        }
        (details.ProblemDetails.Type, details.ProblemDetails.Status) = (ProblemWriter.TypeOf(problem), problem.Status);
        return details.ProblemDetails;
    }

    public static void Write(Utf8JsonWriter json, ProblemDetails details, HttpContext context)
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
        (details.Type, details.Status, details.Title, details.Detail) = (ProblemWriter.TypeOf(problem), problem.Status, problem.Title, problem.Detail);
        foreach (var (name, value) in problem.Members ?? new Dictionary<string, object>())
            details.Extensions[name] = value;
        details.Extensions["traceId"] = ProblemWriter.TraceId(context);
        return new() { HttpContext = context, ProblemDetails = details, AdditionalMetadata = context.GetEndpoint()?.Metadata };
    }

    [LoggerMessage(1, LogLevel.Error, "CustomizeProblemDetails failed; the problem is written as it was")]
    private static partial void LogNotCustomized(ILogger logger, Exception cause);
}
