using System.Text.Json;

namespace Endpoints.Interop.Tests;

/// <summary>The cookie <c>wixSession</c> as Wix's JavaScript writes it: URI-encoded JSON.</summary>
internal static class WixSessionCookie
{
    public static string Write(string clientId, SdkTokens tokens) =>
        $"wixSession={Uri.EscapeDataString(JsonSerializer.Serialize(new { clientId, tokens }, JsonSerializerOptions.Web))}";

    public static (string ClientId, SdkTokens Tokens) Read(string value)
    {
        var content = JsonSerializer.Deserialize<Content>(Uri.UnescapeDataString(value), JsonSerializerOptions.Web)!;
        return (content.ClientId, content.Tokens);
    }

    private sealed record Content(string ClientId, SdkTokens Tokens);
}
