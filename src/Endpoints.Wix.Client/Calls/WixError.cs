using System.Buffers;
using System.Text.Json;
using Endpoints.Wix.Http;

namespace Endpoints.Wix.Calls;

/// <summary>Reads Wix's error answers.</summary>
internal static class WixError
{
    private const int MaxBody = 256 * 1024;
    private const int MaxViolations = 100;
    private const int MaxText = 1000;

    private static readonly SearchValues<char> CodeCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    public static WixApiException Read(WixCall call, WixAnswer answer, bool isElevated)
    {
        var (code, violations) = Details(answer);
        var message = $"Wix answered {call.Method.Method} {call.Template} with {(int)answer.Status}"
            + (code is null ? "" : $" ({code})")
            + (answer.RequestId is null ? "." : $"; request id {answer.RequestId}.");
        return new(message, answer.Status)
        {
            ApplicationErrorCode = code,
            FieldViolations = violations,
            RequestId = answer.RequestId,
            RetryAfter = answer.RetryAfter,
            IsElevated = isElevated,
        };
    }

    private static Said Details(WixAnswer answer) =>
        JsonAnswer.Read(answer, static json => Details(json), longest: MaxBody) ?? Said.Nothing;

    private static Said Details(JsonElement error)
    {
        if (JsonAnswer.Member(error, "details") is not { } details)
            return Said.Nothing;
        var code = JsonAnswer.Member(details, "applicationError") is { } application && JsonAnswer.Member(application, "code") is { } value
            ? Code(value) : null;
        List<WixFieldViolation> violations = [];
        if (JsonAnswer.Member(details, "validationError") is { } validation
            && JsonAnswer.Member(validation, "fieldViolations") is { ValueKind: JsonValueKind.Array } list)
        {
            foreach (var item in list.EnumerateArray().Take(MaxViolations))
            {
                if (Text(item, "field") is { } field)
                    violations.Add(new(field, Text(item, "violatedRule"), Text(item, "description")));
            }
        }

        return new(code, violations);
    }

    // A code is printed in messages, so it must look like one.
    private static string? Code(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        return text is { Length: > 0 and <= 64 } && !text.AsSpan().ContainsAnyExcept(CodeCharacters) ? text : null;
    }

    private static string? Text(JsonElement parent, string name) =>
        JsonAnswer.Text(parent, name) is { Length: > 0 } text ? text.Length <= MaxText ? text : text[..MaxText] : null;

    private sealed record Said(string? Code, IReadOnlyList<WixFieldViolation> Violations)
    {
        public static Said Nothing { get; } = new(null, []);
    }
}
