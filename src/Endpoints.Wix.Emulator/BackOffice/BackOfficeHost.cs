using System.Text;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Emulator.BackOffice;

/// <summary>Serves the back office on its own port: the dashboard page, its script, and the user's token to that script only.</summary>
internal sealed class BackOfficeHost(EmulatedBackOffice backOffice, PlatformDirectory directory, TokenIssuer tokens, EmulatedApp app)
{
    private const string ScriptPath = "/_emulator/dashboard.js";

    private readonly Answer _style = Asset.Style("emulator.css");
    private readonly Answer _script = Asset.Script("dashboard.js");

    public async Task<LoopbackHost> StartAsync(int port, CancellationToken ct)
    {
        var host = await LoopbackHost.StartAsync(port, Map, ct).ConfigureAwait(false);
        backOffice.Origin = new(host.Address.GetLeftPart(UriPartial.Authority));
        return host;
    }

    private void Map(WebApplication web)
    {
        web.Use(OnlyByItsOwnNameAsync);
        web.MapMethods("/", ["GET"], static http => Answer.Redirect("/dashboard").WriteAsync(http, http.RequestAborted));
        web.MapMethods("/dashboard", ["GET"], http => Page().WriteAsync(http, http.RequestAborted));
        web.MapMethods("/dashboard/token", ["POST"], http => Token(http).WriteAsync(http, http.RequestAborted));
        web.MapMethods(HtmlPage.StylePath, ["GET"], http => _style.WriteAsync(http, http.RequestAborted));
        web.MapMethods(ScriptPath, ["GET"], http => _script.WriteAsync(http, http.RequestAborted));
    }

    // A page elsewhere whose name was made to point here is not the back office.
    private static Task OnlyByItsOwnNameAsync(HttpContext http, RequestDelegate next) =>
        http.Request.Host.Host is "127.0.0.1" or "localhost"
            ? next(http)
            : Answer.Error(StatusCodes.Status421MisdirectedRequest, "WRONG_HOST", "The back office is on 127.0.0.1.")
                .WriteAsync(http, http.RequestAborted);

    private IReadOnlyList<EmulatedSite> Sites() =>
        [.. directory.Sites.Where(site => app.IsInstalledOn(site.Id)).OrderBy(static site => site.Name, StringComparer.Ordinal)];

    private Answer Page()
    {
        var targets = backOffice.Targets;
        var sections = new StringBuilder();
        for (var i = 0; i < targets.Count; i++)
        {
            var (name, url, method, body) = targets[i];
            var proposed = body is null ? "" : $"""
                <label for="body-{i}">Body</label>
                <textarea id="body-{i}" rows="3" spellcheck="false">{HtmlPage.Text(body)}</textarea>
                """;
            sections.Append($"""
                <section class="target" aria-labelledby="target-{i}"
                  data-method="{HtmlPage.Text(method)}" data-url="{HtmlPage.Text(url.AbsoluteUri)}">
                <h2 id="target-{i}">{HtmlPage.Text(name)}</h2>
                <p><code>{HtmlPage.Text(method)} {HtmlPage.Text(url.AbsoluteUri)}</code></p>
                {proposed}
                <button type="button" id="call-{i}" aria-labelledby="call-{i} target-{i}">Call it</button>
                <div role="status" class="outcome"></div>
                <pre hidden tabindex="0" aria-label="Answer of {HtmlPage.Text(name)}"></pre>
                </section>

                """);
        }

        if (targets.Count == 0)
            sections.Append(
                "<p>No endpoints have been added. In your program: <code>wix.BackOffice.AddTarget(\"Who am I\", new Uri(…))</code>.</p>\n");
        var sites = new StringBuilder();
        foreach (var site in Sites())
            sites.Append("<option value=\"").Append(HtmlPage.Text(site.Id)).Append("\">").Append(HtmlPage.Text(site.Name))
                .Append("</option>\n");

        var connect = string.Join(' ', targets.Select(static target => HtmlPage.Source(target.Url)).Distinct(StringComparer.Ordinal));
        return HtmlPage.Answer(
            backOffice.Title,
            $"""
            <div class="wide">
            <h1>{HtmlPage.Text(backOffice.Title)}</h1>
            <p class="soft">A dashboard page of {HtmlPage.Text(app.Name)}, in the emulated back office.
              Each call carries the access token of the Wix user.</p>
            <dl>
            <dt>Wix user</dt><dd><code>{HtmlPage.Text(backOffice.UserId)}</code></dd>
            <dt>Origin</dt><dd><code>{HtmlPage.Text(backOffice.Origin.GetLeftPart(UriPartial.Authority))}</code></dd>
            </dl>
            <label for="site">Site</label>
            <select id="site">
            {sites}
            </select>
            {sections}
            </div>
            """,
            policy: $"script-src 'self'; connect-src 'self' {connect}".TrimEnd() + "; form-action 'none'",
            script: ScriptPath);
    }

    private Answer Token(HttpContext http)
    {
        // The header makes it a call that no other origin can send without asking, and asking is never allowed here.
        if (http.Request.Headers["X-Emulator-Dashboard"].Count == 0
            || http.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin"))
            return Answer.Error(403, "FORBIDDEN", "Only the dashboard page gets the token.");
        var siteId = http.Request.Query["site"].ToString();
        if (directory.FindSite(siteId) is not { } site || !app.IsInstalledOn(site.Id))
            return Answer.Error(404, "NOT_FOUND", "The app is not installed on such a site.");
        var token = tokens.IssueAccess(TokenSubject.On(app, site, EmulatedIdentityKind.User, backOffice.UserId), bound: true);
        return Answer.Json(new JsonObject { ["token"] = token }).With("Cache-Control", "no-store");
    }
}
