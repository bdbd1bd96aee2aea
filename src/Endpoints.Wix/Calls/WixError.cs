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

    private static readonly SearchValues<char> CodeCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

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

    private static (string? Code, IReadOnlyList<WixFieldViolation> Violations) Details(WixAnswer answer)
    {
        if (!answer.IsWhole || answer.Body.Length is 0 or > MaxBody)
            return (null, []);
        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            if (Member(json.RootElement, "details") is not { } details)
                return (null, []);
            var code = Member(details, "applicationError") is { } error && Member(error, "code") is { } value ? Code(value) : null;
            List<WixFieldViolation> violations = [];
            if (Member(details, "validationError") is { } validation && Member(validation, "fieldViolations") is { ValueKind: JsonValueKind.Array } list)
            {
                foreach (var item in list.EnumerateArray().Take(MaxViolations))
                {
                    if (Text(item, "field") is { } field)
                        violations.Add(new(field, Text(item, "violatedRule"), Text(item, "description")));
                }
            }

            return (code, violations);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, []); // InvalidOperationException: an escape that is half of a character
        }
    }

    private static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : null;

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
        Member(parent, name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text
            ? text.Length <= MaxText ? text : text[..MaxText]
            : null;
}
