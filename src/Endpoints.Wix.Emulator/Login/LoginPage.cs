using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Flows;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Tokens;
using Endpoints.Wix.Emulator.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Endpoints.Wix.Emulator.Login;

/// <summary>Serves the login page that Wix would host, its logout, and substitutes for its other pages.</summary>
internal sealed class LoginPage(LoginState state, TokenIssuer tokens, MemberDirectory members, TimeProvider time)
{
    public const string Path = "/_login";
    public const string LogoutPath = "/_login/logout";
    public const string VisitPath = "/_login/visit";

    private static readonly TimeSpan Remembered = TimeSpan.FromDays(14);

    public IEnumerable<Operation> Operations =>
    [
        new("GET", Path, Access.Open, null, request => new(Begin(request))),
        new("POST", Path, Access.Open, null, request => new(Submit(request))),
        new("GET", LogoutPath, Access.Open, null, request => new(Logout(request))),
        new("GET", VisitPath, Access.Open, null, request => new(Visit(request))),
    ];

    private Answer Begin(ApiRequest request)
    {
        var name = request.Query("session");
        if (!state.Logins.TryFind(name, out var login))
            return Gone();
        var member = KnownMember(request, login);
        if (login.Prompt == "none")
            return member is null ? Fail(name, "login_required", "Nobody is logged in.") : Finish(request, name, member);
        return member is not null && login.Prompt is null ? Finish(request, name, member) : Form(name!, login); // it was found by its name
    }

    private Answer Submit(ApiRequest request)
    {
        if (request.Http.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin"))
            return HtmlPage.Problem("Refused", "A login can only be sent from the login page.", StatusCodes.Status403Forbidden);
        var fields = request.Fields();
        var name = fields.GetValueOrDefault("session");
        if (!state.Logins.TryFind(name, out var login))
            return Gone();
        if (fields.ContainsKey("cancel"))
            return Fail(name, "access_denied", "The login was cancelled.");

        var memberId = fields.TryGetValue("member", out var chosen)
            ? login.Site.Data.Read(data => data.Members.Find(chosen)?["status"].AsText() == "APPROVED" ? chosen : null)
            : CheckPassword(login, fields.GetValueOrDefault("email", ""), fields.GetValueOrDefault("password", ""));
        return memberId is null
            ? Form(name!, login, "The email address or the password is wrong, or the member is not approved.",
                fields.GetValueOrDefault("email"))
            : Finish(request, name, memberId);
    }

    private Answer Logout(ApiRequest request)
    {
        if (!state.Pages.TryTake(request.Query("session"), out var page))
            return Gone();
        request.Http.Response.Cookies.Delete(CookieName(request), new() { Path = Path, HttpOnly = true, SameSite = SameSiteMode.Lax });
        return Answer.Redirect(page.Callbacks.First(static callback => callback.Name == "postFlowUrl").Url)
            .With("Cache-Control", "no-store");
    }

    private Answer Visit(ApiRequest request)
    {
        if (!state.Pages.TryFind(request.Query("session"), out var page))
            return Gone();
        if (page.Name == "login")
            return HtmlPage.Answer("Ready", "<h1>Ready</h1>", policy: "form-action 'none'", frameAncestors: "*");
        var links = new StringBuilder();
        foreach (var (name, url) in page.Callbacks)
            links.Append("<li><a href=\"").Append(HtmlPage.Text(url)).Append("\">").Append(HtmlPage.Text(name)).Append("</a></li>\n");
        return HtmlPage.Answer(
            "A page of Wix",
            $"""
            <h1>A page of Wix</h1>
            <p>Here Wix would show its page for <code>{HtmlPage.Text(page.Name)}</code>.
              The emulator has none. The visitor can go on to:</p>
            <ul>
            {links}
            </ul>
            """,
            policy: "form-action 'none'");
    }

    private static Answer Gone() =>
        HtmlPage.Problem("This page has expired", "Go back to the site and try again.", StatusCodes.Status404NotFound);

    private static Answer Form(string name, LoginSession login, string? problem = null, string? email = null)
    {
        var choices = new StringBuilder();
        login.Site.Data.Read(data =>
        {
            foreach (var member in data.Members.All.Where(static m => m["status"].AsText() == "APPROVED").Take(50))
            {
                choices.Append("<li><button class=\"choice\" name=\"member\" value=\"").Append(HtmlPage.Text(member["id"].AsText()))
                    .Append("\">")
                    .Append(HtmlPage.Text(member["profile"].At("nickname").AsText())).Append(" <span>")
                    .Append(HtmlPage.Text(member["loginEmail"].AsText())).Append("</span></button></li>\n");
            }

            return 0;
        });
        var alert = problem is null ? "" : $"""<p class="wrong" role="alert">{HtmlPage.Text(problem)}</p>""";
        var session = HtmlPage.Text(name);
        return HtmlPage.Answer(
            $"Log in to {login.Site.Name}",
            $"""
            <h1>Log in</h1>
            <p class="soft">to {HtmlPage.Text(login.Site.Name)}</p>
            {alert}
            <form method="post" action="{Path}" aria-labelledby="choose">
            <input type="hidden" name="session" value="{session}">
            <h2 id="choose">Continue as</h2>
            <ul class="choices">
            {choices}
            </ul>
            </form>
            <form method="post" action="{Path}" aria-labelledby="type">
            <input type="hidden" name="session" value="{session}">
            <h2 id="type">Or with a password</h2>
            <label for="email">Email address</label>
            <input id="email" name="email" type="email" autocomplete="username" required value="{HtmlPage.Text(email)}">
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="current-password" required>
            <div class="actions">
            <button>Log in</button>
            <button class="quiet" name="cancel" value="1" formnovalidate>Cancel</button>
            </div>
            </form>
            """,
            policy: $"form-action 'self' {login.MessageOrigin}", // browsers hold the redirect after a form to it as well
            statusCode: problem is null ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized,
            frameAncestors: login.ResponseMode == "web_message" ? login.MessageOrigin! : "'none'"); // read with the session
    }

    private static string CookieName(ApiRequest request) => $"wix_emulator_member_{request.Http.Connection.LocalPort}";

    private string? CheckPassword(LoginSession login, string email, string password) => login.Site.Data.Read(data =>
    {
        var member = MemberDirectory.FindByEmail(data, email);
        var id = member?["id"].AsText();
        return id is not null && members.PasswordIs(data, id, password) && member!["status"].AsText() == "APPROVED" ? id : null;
    });

    private string? KnownMember(ApiRequest request, LoginSession login)
    {
        foreach (var token in new[] { login.SessionToken, request.Http.Request.Cookies[CookieName(request)] })
        {
            if (tokens.Check(token, TokenUse.Session, out var facts) == TokenStatus.Good
                && facts?.SiteId == login.Site.Id
                && login.Site.Data.Read(data => data.Members.Find(facts.SubjectId)) is not null)
            {
                return facts.SubjectId;
            }
        }

        return null;
    }

    private Answer Finish(ApiRequest request, string? name, string memberId)
    {
        if (!state.Logins.TryTake(name, out var login))
            return Gone();
        var subject = TokenSubject.On(login.App, login.Site, EmulatedIdentityKind.Member, memberId);
        var session = tokens.Issue(TokenUse.Session, subject, time.GetUtcNow(), Remembered, active: true, bound: false);
        request.Http.Response.Cookies.Append(
            CookieName(request), session, new() { Path = Path, HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = Remembered });
        var code = state.Codes.Add(new(login.App, login.Site, memberId, login.RedirectUri, login.CodeChallenge));
        return Return(login, new() { ["code"] = code, ["state"] = login.State });
    }

    private Answer Fail(string? name, string error, string description) => state.Logins.TryTake(name, out var login)
        ? Return(login, new() { ["error"] = error, ["error_description"] = description, ["state"] = login.State })
        : Gone();

    private static Answer Return(LoginSession login, Dictionary<string, string?> values)
    {
        switch (login.ResponseMode)
        {
            case "web_message":
                var message = new JsonObject(values.Select(static pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
                var origin = JsonSerializer.Serialize(login.MessageOrigin);
                // the serializer escapes <, > and &
                var script = $"(window.opener || window.parent).postMessage({message.ToJsonString()}, {origin});";
                var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
                return HtmlPage.Answer(
                    "Logged in", $"<h1>Done</h1>\n<script>{script}</script>", policy: $"script-src 'sha256-{hash}'; form-action 'none'",
                    frameAncestors: login.MessageOrigin!);
            case "fragment":
                var fragment = string.Join('&', values.Select(static pair => $"{pair.Key}={UrlEncoder.Default.Encode(pair.Value ?? "")}"));
                return Answer.Redirect($"{login.RedirectUri}#{fragment}").With("Cache-Control", "no-store");
            default:
                // required unless by message
                return Answer.Redirect(QueryHelpers.AddQueryString(login.RedirectUri!, values)).With("Cache-Control", "no-store");
        }
    }
}
