using System.Net;
using Endpoints.Wix.Emulator;

namespace Endpoints.Interop.Tests;

/// <summary>A person's browser at the site's own login and logout.</summary>
internal sealed class MemberLogin(string origin) : IDisposable
{
    private readonly HttpClient _browser =
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new(origin) };
    private readonly WixPages _pages = new();

    /// <summary>Logs in.</summary>
    /// <returns>The session cookie, as the browser sends it.</returns>
    public async Task<string> LogInAsync(EmulatedMember member)
    {
        var begun = await SendAsync(HttpMethod.Get, "/api/auth/login?returnToUrl=/");
        var back = await _pages.LogInAsync(begun.Location, member);
        var finished = await SendAsync(HttpMethod.Get, back.PathAndQuery, begun.Cookies);
        return Assert.Single(finished.Cookies, cookie => cookie.StartsWith("wixSession=", StringComparison.Ordinal));
    }

    /// <summary>Logs out.</summary>
    /// <returns>What becomes of the session cookie.</returns>
    public async Task<string> LogOutAsync(string session)
    {
        var begun = await SendAsync(HttpMethod.Post, "/api/auth/logout", [session]);
        var back = await _pages.FollowAsync(begun.Location);
        await SendAsync(HttpMethod.Get, back.PathAndQuery);
        return Assert.Single(begun.Cookies);
    }

    public void Dispose()
    {
        _browser.Dispose();
        _pages.Dispose();
    }

    private async Task<(Uri Location, string[] Cookies)> SendAsync(HttpMethod method, string path, params string[] cookies)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        if (cookies.Length > 0)
            request.Headers.Add("Cookie", string.Join("; ", cookies));
        using var answer = await _browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var set = answer.Headers.TryGetValues("Set-Cookie", out var values) ? values.Select(cookie => cookie.Split(';')[0]).ToArray() : [];
        return (answer.Headers.Location!, set); // a redirect has one
    }
}
