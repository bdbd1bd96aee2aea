using System.Text.Json;
using Endpoints.Wix.Http;
using Endpoints.Wix.Values;

namespace Endpoints.Wix.Introspection;

/// <summary>
/// The answer of Wix's token-info, read strictly: what is missing or of the wrong kind is never taken for something good.
/// </summary>
internal sealed record TokenInfo(bool IsActive, Callers? Kind, string? SubjectId, DateTimeOffset? Expires, DateTimeOffset? Issued,
    string? ClientId, string? SiteId, string? InstanceId)
{
    /// <summary>Reads an answer; null when it is not one.</summary>
    public static TokenInfo? Read(WixAnswer answer) => JsonAnswer.Read(answer, Read, isUnique: true);

    private static TokenInfo? Read(JsonElement info)
    {
        if (Truth(info, "active") is not { } active)
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

    private static bool? Truth(JsonElement info, string name) => JsonAnswer.Member(info, name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.String } value when bool.TryParse(value.GetString(), out var truth) => truth,
        _ => null,
    };

    private static DateTimeOffset? Time(JsonElement info, string name) =>
        JsonAnswer.Number(info, name) is >= 0 and <= 253402300799 and var seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    // An id with characters that no id has is as good as none; without a client id the token is refused.
    private static string? Text(JsonElement info, string name) =>
        JsonAnswer.Text(info, name) is { } text && Identifier.IsValid(text) ? text : null;
}
