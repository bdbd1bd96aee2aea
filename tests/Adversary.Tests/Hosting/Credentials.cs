using System.Text.Json;
using System.Text.RegularExpressions;
using Adversary.Tests.Requests;

namespace Adversary.Tests.Hosting;

/// <summary>
/// The attacker's credentials at one site: tokens, sessions that somebody really began, and the application's own cookies.
/// </summary>
internal sealed partial class Credentials
{
    private readonly Platform _platform;
    private readonly string _origin;
    private readonly Dictionary<string, string> _sessions = [];
    private readonly Dictionary<string, string> _accounts = [];

    private Credentials(Platform platform, AttackedSite site)
    {
        _platform = platform;
        _origin = "http://" + site.Host;
        SessionName = site.Mode == SiteMode.Compatible ? "wixSession" : "__Host-wixSession";
    }

    /// <summary>The session cookie's name.</summary>
    public string SessionName { get; }

    /// <summary>All that nobody may see but who sends it.</summary>
    public IEnumerable<string> Secrets => _sessions.Values.Concat(_accounts.Values);

    public static async Task<Credentials> GatherAsync(Platform platform, AttackedSite site)
    {
        var credentials = new Credentials(platform, site);
        using var browser = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        foreach (var member in (string[])["ada", "grace", "leaving"])
            credentials._sessions[member] = await credentials.LogInAsync(browser, platform.Persons[member]);
        foreach (var account in (string[])["alan", "edsger"])
            credentials._accounts[account] = await credentials.SignInAsync(browser, account);
        return credentials;
    }

    /// <summary>Gets the credential that a placeholder of a request stands for, or null if there is none.</summary>
    public string? Of(string kind, string name) => kind switch
    {
        "token" => _platform.Persons.GetValueOrDefault(name)?.Token,
        "id" => _platform.Persons.GetValueOrDefault(name)?.Id,
        "instance" => _platform.Persons.GetValueOrDefault(name)?.Instance,
        "session" => _sessions.GetValueOrDefault(name),
        "cookie" => _sessions.TryGetValue(name, out var session) ? $"{SessionName}={session}" : null,
        "session-name" => SessionName,
        "account" => _accounts.GetValueOrDefault(name),
        // As a script would write it that has the tokens.
        "made" when _platform.Persons.TryGetValue(name, out var person) => Uri.EscapeDataString(JsonSerializer.Serialize(new
        {
            clientId = _platform.Wix.App.ClientId,
            tokens = new { accessToken = new { value = person.Token, expiresAt = 4_000_000_000 }, refreshToken = new { value = "", role = "member" } },
        })),
        _ => null,
    };

    private async Task<string> LogInAsync(HttpClient browser, Person member)
    {
        using var login = await browser.GetAsync(new Uri(_origin + "/api/auth/login"));
        var page = login.Headers.Location!;
        var html = await browser.GetStringAsync(page);
        using var form =
            new FormUrlEncodedContent(
                new Dictionary<string, string> { ["session"] = SessionField().Match(html).Groups[1].Value, ["member"] = member.Id });
        using var chosen = await browser.PostAsync(new Uri(page, "/_login"), form);
        using var back = new HttpRequestMessage(HttpMethod.Get, chosen.Headers.Location);
        back.Headers.Add(
            "Cookie", string.Join("; ", Cookies(login).Where(static cookie => cookie.Contains("wixLogin", StringComparison.Ordinal))));
        using var callback = await browser.SendAsync(back);
        return Cookies(callback)
            .Single(cookie => cookie.StartsWith(SessionName + "=", StringComparison.Ordinal))[(SessionName.Length + 1)..];
    }

    private async Task<string> SignInAsync(HttpClient browser, string name)
    {
        using var answer =
            await browser.PostAsync(new Uri($"{_origin}/sign-in?name={name}&password={Uri.EscapeDataString("of " + name)}"), null);
        return Cookies(answer).Single(static cookie => cookie.StartsWith("account=", StringComparison.Ordinal))["account=".Length..];
    }

    private static IEnumerable<string> Cookies(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").Select(static cookie => cookie.Split(';')[0]);

    [GeneratedRegex("name=\"session\" value=\"([^\"]+)\"")]
    private static partial Regex SessionField();
}
