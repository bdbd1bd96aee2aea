using System.Text.Json;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Sessions.Tests.Hosting;

namespace Endpoints.Wix.Sessions.Tests;

/// <summary><c>wixSession</c> as Wix's JavaScript writes and reads it.</summary>
internal static class CompatibleCookie
{
    public const string Name = "wixSession";

    public static string Of(string clientId, EmulatedSession session, string role) =>
        Of(clientId, session.AccessToken, session.ExpiresAt.ToUnixTimeSeconds(), session.RefreshToken, role);

    public static string Of(string clientId, string accessToken, double expiresAt, string refreshToken, string role) =>
        Uri.EscapeDataString(JsonSerializer.Serialize(new
        {
            clientId,
            tokens = new
            {
                accessToken = new { value = accessToken, expiresAt },
                refreshToken = new { value = refreshToken, role },
            },
        }));

    /// <summary>A browser in which Wix's JavaScript has begun a session.</summary>
    public static Browser Open(this SessionSite site, EmulatedSession session, string role)
    {
        var browser = site.NewBrowser();
        browser.Jar.Plant(site.Origin, Name, Of(site.Wix.App.ClientId, session, role));
        return browser;
    }

    public static Browser OpenMember(this SessionSite site, string memberId, Action<EmulatedTokenOptions>? configure = null) =>
        site.Open(site.Wix.IssueSession(EmulatedIdentity.Member(memberId), configure), "member");

    /// <summary>The cookie's content as JavaScript reads it.</summary>
    public static JsonElement Read(this Browser browser) =>
        JsonDocument.Parse(Uri.UnescapeDataString(browser.Jar[Name] ?? throw new InvalidOperationException("There is no session cookie.")))
            .RootElement;

    public static string AccessToken(this Browser browser) =>
        browser.Read().GetProperty("tokens").GetProperty("accessToken").GetProperty("value").GetString()!;

    public static string RefreshToken(this Browser browser) =>
        browser.Read().GetProperty("tokens").GetProperty("refreshToken").GetProperty("value").GetString()!;
}
