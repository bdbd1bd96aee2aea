using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Endpoints.Wix.Http;
using Endpoints.Wix.Values;

namespace Endpoints.Wix.Sessions;

/// <summary>Represents a session as the JSON that Wix's own JavaScript writes and reads.</summary>
internal sealed class CompatibleFormat(string clientId)
{
    private const long LastSecond = 253402300799; // of the year 9999

    // Escaped for the cookie as a whole; tokens are visible ASCII.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    public string Write(Session session)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Compact))
        {
            json.WriteStartObject();
            json.WriteString("clientId", clientId);
            json.WriteStartObject("tokens");
            json.WriteStartObject("accessToken");
            json.WriteString("value", session.Access?.Reveal() ?? "");
            json.WriteNumber("expiresAt", Math.Max(0, session.ExpiresAt.ToUnixTimeSeconds()));
            json.WriteEndObject();
            json.WriteStartObject("refreshToken");
            json.WriteString("value", session.Refresh?.Reveal() ?? "");
            json.WriteString("role", session.Refresh is null ? "none" : session.SaysMember ? "member" : "visitor");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>Reads a session. Returns <see langword="null"/> if it is not one of this client's.</summary>
    public Session? Read(string text) => JsonAnswer.Read(text, Strict, Read);

    private Session? Read(JsonElement json)
    {
        if (JsonAnswer.Text(json, "clientId") is not { } client
            || !string.Equals(client, clientId, StringComparison.OrdinalIgnoreCase)
            || JsonAnswer.Member(json, "tokens") is not { } tokens)
        {
            return null;
        }

        var access = JsonAnswer.Member(tokens, "accessToken");
        var refresh = JsonAnswer.Member(tokens, "refreshToken");
        var session = new Session
        {
            Access = Token(access),
            ExpiresAt = access is { } held ? Time(held) : DateTimeOffset.MinValue,
            Refresh = Token(refresh),
            SaysMember = refresh is { } kept && JsonAnswer.Text(kept, "role") == "member",
        };
        return session is { Access: null, Refresh: null } ? null : session;
    }

    private static AccessToken? Token(JsonElement? parent) =>
        parent is { } holder && JsonAnswer.Text(holder, "value") is { } text && TokenText.IsToken(text) ? new(text) : null;

    // JavaScript's numbers may have a fraction.
    private static DateTimeOffset Time(JsonElement access) =>
        JsonAnswer.Member(access, "expiresAt") is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var seconds)
            && seconds is >= 0 and <= LastSecond
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : DateTimeOffset.MinValue;
}
