using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Problems;

/// <summary>Says why a request could not be bound to a handler's parameters, without repeating what the framework's exception says.</summary>
internal static class BindingProblems
{
    private const int LongestPath = 200;

    public static Problem For(HttpContext context, BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => RequestProblems.BodyTooLarge,
        StatusCodes.Status415UnsupportedMediaType => RequestProblems.UnsupportedMediaType,
        StatusCodes.Status408RequestTimeout => RequestProblems.Timeout,
        _ when exception.InnerException is JsonException json => Malformed(json),
        _ when Parameter(context, exception) is { } parameter => Unbound(parameter),
        _ => RequestProblems.BadRequest with { Status = exception.StatusCode is >= 400 and < 500 ? exception.StatusCode : 400 },
    };

    private static Problem Malformed(JsonException exception)
    {
        var path = exception.Path is { Length: > 0 and <= LongestPath } known ? known : "$";
        var line = (exception.LineNumber ?? 0) + 1;
        var position = (exception.BytePositionInLine ?? 0) + 1;
        return new Problem(
            "malformed-json", 400, "The body is not the JSON that the endpoint takes.", $"The JSON can't be read at {path}, line {line}, byte {position}.")
        {
            Members = new Dictionary<string, object> { ["path"] = path, ["line"] = line, ["position"] = position },
        };
    }

    private static Problem Unbound(ParameterInfo parameter) => new(
        "invalid-parameter", 400, "A parameter is missing or has a value of the wrong kind.", $"The parameter '{parameter.Name}' is missing or can't be read.")
    {
        Members = new Dictionary<string, object> { ["parameter"] = parameter.Name! },
    };

    /// <summary>The handler's parameter that the exception's text names in quotes, after its type.</summary>
    private static ParameterInfo? Parameter(HttpContext context, BadHttpRequestException exception)
    {
        var quoted = exception.Message.Split('"');
        return quoted.Length < 3
            ? null
            : context.GetEndpoint()?.Metadata.GetMetadata<MethodInfo>()?.GetParameters()
                .FirstOrDefault(parameter => quoted[1].EndsWith(" " + parameter.Name, StringComparison.Ordinal));
    }
}
