using System.Text.Json;
using Endpoints.Wix.Emulator;

namespace Endpoints.Wix.Tests.Hosting;

/// <summary>Writes <c>wixSession</c> as Wix's JavaScript does.</summary>
internal static class SessionCookie
{
    public static string Of(string clientId, EmulatedSession session, string role = "member") =>
        Of(clientId, session.AccessToken, session.ExpiresAt, session.RefreshToken, role);

    public static string Of(string clientId, string accessToken, DateTimeOffset expiresAt, string refreshToken, string role) =>
        "wixSession=" + Uri.EscapeDataString(JsonSerializer.Serialize(new
        {
            clientId,
            tokens = new
            {
                accessToken = new { value = accessToken, expiresAt = expiresAt.ToUnixTimeSeconds() },
                refreshToken = new { value = refreshToken, role },
            },
        }));
}
