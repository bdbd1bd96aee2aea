using System.Net;
using System.Text.RegularExpressions;
using Endpoints.Wix.Emulator;

namespace Endpoints.Interop.Tests;

/// <summary>A person's browser on the platform's own pages: logs in, cancels, logs out, installs.</summary>
internal sealed partial class WixPages : IDisposable
{
    private readonly HttpClient _browser = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() });

    /// <summary>Logs in as a member.</summary>
    /// <returns>Where the platform sends the browser back to.</returns>
    public Task<Uri> LogInAsync(Uri page, EmulatedMember member) => SubmitAsync(page, ("member", member.Id));

    /// <summary>Logs in with an email address and a password.</summary>
    /// <returns>Where the platform sends the browser back to.</returns>
    public Task<Uri> LogInAsync(Uri page, string email, string password) => SubmitAsync(page, ("email", email), ("password", password));

    /// <summary>Leaves the login page without logging in.</summary>
    /// <returns>Where the platform sends the browser back to.</returns>
    public Task<Uri> CancelAsync(Uri page) => SubmitAsync(page, ("cancel", "1"));

    /// <summary>Installs an app on a site.</summary>
    /// <returns>Where the platform sends the browser back to.</returns>
    public Task<Uri> InstallAsync(Uri page, EmulatedSite site) => SubmitAsync(page, ("site", site.Id));

    /// <summary>Opens a page that only sends the browser on.</summary>
    /// <returns>Where it sends the browser to.</returns>
    public async Task<Uri> FollowAsync(Uri page)
    {
        using var answer = await _browser.GetAsync(page);
        return Location(answer);
    }

    public void Dispose() => _browser.Dispose();

    private static Uri Location(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!; // a redirect has one
    }

    private async Task<Uri> SubmitAsync(Uri page, params (string Name, string Value)[] fields)
    {
        var html = await _browser.GetStringAsync(page);
        var hidden = Hidden().Matches(html)
            .Select(input => (Name: input.Groups[1].Value, Value: WebUtility.HtmlDecode(input.Groups[2].Value))).Distinct();
        using var content = new FormUrlEncodedContent(hidden.Concat(fields).Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await _browser.PostAsync(new Uri(page.GetLeftPart(UriPartial.Path)), content);
        return Location(answer);
    }

    [GeneratedRegex("""<input type="hidden" name="([^"]*)" value="([^"]*)">""")]
    private static partial Regex Hidden();
}
