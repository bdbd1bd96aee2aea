using System.Globalization;
using System.Text.Json;
using Endpoints.Wix.Values;

namespace Endpoints.Wix.Identification;

/// <summary>The answer of Wix's token-info, read strictly: what is missing or of the wrong kind is never taken for something good.</summary>
internal sealed record TokenInfo(bool IsActive, Callers? Kind, string? SubjectId, DateTimeOffset? Expires, DateTimeOffset? Issued, string? ClientId, string? SiteId, string? InstanceId)
{
    private const int MaxAnswer = 64 * 1024;

    /// <summary>Reads an answer; null when it is not one.</summary>
    public static TokenInfo? Read(ReadOnlyMemory<byte> body)
    {
        if (body.Length > MaxAnswer)
            return null;
        try
        {
            using var json = JsonDocument.Parse(body, new() { AllowDuplicateProperties = false });
            var info = json.RootElement;
            if (info.ValueKind != JsonValueKind.Object || Truth(info, "active") is not { } active)
                return null;
            if (!active)
                return new(false, null, null, null, null, null, null, null);

            // Of an active token these must be there, or the answer says nothing.
            if (Text(info, "subjectType") is not { } kind || Time(info, "exp") is not { } expires)
                return null;
            return new(
                true,
                kind switch
                {
                    "VISITOR" => Callers.Visitor,
                    "MEMBER" => Callers.Member,
                    "USER" => Callers.User,
                    "APP" => Callers.App,
                    _ => null,
                },
                Text(info, "subjectId"),
                expires,
                Time(info, "iat"),
                Text(info, "clientId"),
                Text(info, "siteId"),
                Text(info, "instanceId"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // InvalidOperationException: an escape that is half of a character
        }
    }

    private static bool? Truth(JsonElement info, string name) => !info.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(value.GetString(), out var truth) => truth,
        _ => null,
    };

    private static DateTimeOffset? Time(JsonElement info, string name)
    {
        if (!info.TryGetProperty(name, out var value))
            return null;
        var seconds = value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt64(out var number) => number,
            JsonValueKind.String when long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => -1,
        };
        return seconds is >= 0 and <= 253402300799 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
    }

    // An id with characters that no id has is as good as none; without a client id the token is refused.
    private static string? Text(JsonElement info, string name) =>
        info.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } text && Identifier.IsValid(text)
            ? text
            : null;
}
