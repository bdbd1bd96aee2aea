using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Identification;

/// <summary>A browser's session, as the cookie that Wix's JavaScript also reads and writes holds it.</summary>
/// <param name="AccessToken">The access token, if there is one.</param>
/// <param name="ExpiresAt">When the cookie says that the access token expires: a hint, to save asking about one that has.</param>
/// <param name="RefreshToken">The refresh token, if there is one.</param>
/// <param name="SaysMember">Whether the cookie says that it is a member's. Never believed; it only decides how an ended session is answered.</param>
internal sealed record WixSession(AccessToken? AccessToken, DateTimeOffset ExpiresAt, AccessToken? RefreshToken, bool SaysMember)
{
    public const string CookieName = "wixSession";

    // Browsers hold at most 4 KiB in a cookie.
    private const int MaxLength = 8192;

    /// <summary>The request's session; null when it has none that is whole and this client's.</summary>
    public static WixSession? Read(HttpRequest request, string? clientId) =>
        request.Cookies.TryGetValue(CookieName, out var text) && text is { Length: > 0 and <= MaxLength } ? Parse(text, clientId) : null;

    internal static WixSession? Parse(string text, string? clientId)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new() { MaxDepth = 8, AllowDuplicateProperties = false });
            if (Member(json.RootElement, "clientId") is not { ValueKind: JsonValueKind.String } client
                || !string.Equals(client.GetString(), clientId, StringComparison.OrdinalIgnoreCase)
                || Member(json.RootElement, "tokens") is not { } tokens)
            {
                return null;
            }

            var access = Member(tokens, "accessToken");
            var refresh = Member(tokens, "refreshToken");
            var session = new WixSession(
                Token(access),
                access is { } held && Member(held, "expiresAt") is { ValueKind: JsonValueKind.Number } expires && expires.TryGetInt64(out var seconds) && seconds is >= 0 and <= 253402300799
                    ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                    : DateTimeOffset.MinValue,
                Token(refresh),
                refresh is { } kept && Member(kept, "role") is { ValueKind: JsonValueKind.String } role && role.ValueEquals("member"));
            return session is { AccessToken: null, RefreshToken: null } ? null : session;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : null;

    private static AccessToken? Token(JsonElement? parent) =>
        parent is { } holder && Member(holder, "value") is { ValueKind: JsonValueKind.String } value && value.GetString() is { } text && PresentedToken.IsToken(text)
            ? new(text)
            : null;
}
