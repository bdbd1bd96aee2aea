using System.Net;
using System.Text.RegularExpressions;

namespace Endpoints.Wix.Sessions.Tests.Hosting;

/// <summary>A browser: it keeps cookies by the rules, sends what browsers send, and goes where redirects lead.</summary>
internal sealed partial class Browser(SessionSite site, CookieJar? jar = null) : IDisposable
{
    private readonly HttpClient _internet = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public CookieJar Jar { get; } = jar ?? new(site.Clock);

    /// <summary>Another node of the same site, from now on.</summary>
    public SessionSite Site { get; set; } = site;

    /// <summary>
    /// Another browser with the same cookies: a copy that somebody stole, or a second tab before it has heard of anything.
    /// </summary>
    public Browser Copy() => new(Site, Jar.Copy());

    public Task<Answer> GetAsync(string address, bool crossSite = false, params (string Name, string Value)[] headers) =>
        SendAsync("GET", address, crossSite, null, headers);

    /// <summary>A form on one of the site's own pages is sent.</summary>
    public Task<Answer> PostAsync(string address, params (string Name, string Value)[] headers) =>
        SendAsync("POST", address, false, null,
            headers.Length > 0 ? headers : [("Origin", Site.Origin.GetLeftPart(UriPartial.Authority)), ("Sec-Fetch-Site", "same-origin")]);

    public async Task<Answer> SendAsync(string method, string address, bool crossSite, HttpContent? content,
        params (string Name, string Value)[] headers)
    {
        var to = new Uri(Site.Origin, address);
        using var request = new HttpRequestMessage(new(method), to) { Content = content };
        if (Jar.Header(to, method, crossSite) is { } cookies)
            request.Headers.TryAddWithoutValidation("Cookie", cookies);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var isSite = to.Host == Site.Origin.Host;
        using var response = await (isSite ? Site.Client : _internet).SendAsync(request);
        var answer = await Answer.ReadAsync(response);
        foreach (var cookie in answer.SetCookies)
            Jar.Receive(to, cookie);
        return answer;
    }

    /// <summary>Begins a login and stops at Wix's page.</summary>
    public async Task<Uri> BeginLoginAsync(string query = "")
    {
        var login = await GetAsync("/api/auth/login" + query);
        Assert.Equal(HttpStatusCode.Redirect, login.Status);
        return new(login.Location!);
    }

    /// <summary>Logs in at Wix's page and stops before the callback.</summary>
    /// <returns>The callback's address with code and state.</returns>
    public async Task<Uri> LogInAtWixAsync(Uri page)
    {
        var answer = await GetAsync(page.AbsoluteUri, crossSite: true);
        if (answer.Status == HttpStatusCode.OK)
        {
            var fields = new Dictionary<string, string>
            {
                ["session"] = SessionField().Match(answer.Body).Groups[1].Value,
                ["member"] = MemberField().Match(answer.Body).Groups[1].Value,
            };
            using var form = new FormUrlEncodedContent(fields);
            answer = await SendAsync("POST", new Uri(page, "/_login").AbsoluteUri, false, form, ("Sec-Fetch-Site", "same-origin"));
        }

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        return new(answer.Location!);
    }

    /// <summary>Logs in, all the way.</summary>
    /// <returns>What the callback answered.</returns>
    public async Task<Answer> LogInAsync(string query = "")
    {
        var callback = await LogInAtWixAsync(await BeginLoginAsync(query));
        var answer = await GetAsync(callback.AbsoluteUri, crossSite: true);
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        return answer;
    }

    /// <summary>Whom the site takes this browser for: kind and id.</summary>
    public async Task<(Callers Kind, string? Id)> WhoAsync()
    {
        var answer = await GetAsync("/who");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return ((Callers)answer.Json.GetProperty("kind").GetInt32(), answer.Json.GetProperty("id").GetString());
    }

    public void Dispose() => _internet.Dispose();

    [GeneratedRegex("name=\"session\" value=\"([^\"]+)\"")]
    private static partial Regex SessionField();

    [GeneratedRegex("name=\"member\" value=\"([^\"]+)\"")]
    private static partial Regex MemberField();
}
