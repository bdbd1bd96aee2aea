using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Flows;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Login;

/// <summary>Creates redirect sessions: addresses to send a browser to, for login, logout and Wix's own pages.</summary>
internal sealed class RedirectSessionEndpoints(PlatformDirectory directory, LoginState state)
{
    private static readonly string[] Paths =
        ["/_api/redirects-api/v1/redirect-session", "/redirect-session/v1/redirect-session", "/headless/v1/redirect-session"];

    private static readonly string[] StandIns =
        ["ecomCheckout", "bookingsCheckout", "eventsCheckout", "paidPlansCheckout", "storesProduct", "bookingsBook",
            "ecomOrderPaymentRequest"];

    public IEnumerable<Operation> Operations => Paths.Select(path =>
        new Operation("POST", path, Access.Any, "WIX_HEADLESS.WIX_URL_CREATE", request => new(Create(request))));

    private Answer Create(ApiRequest request)
    {
        if (request.Json["auth"] is JsonObject auth)
            return Session(request, LoginPage.Path, state.Logins.Add(ReadLogin(request, auth)));
        if (request.Json["logout"] is JsonObject logout)
        {
            var app = FindApp(request, logout["clientId"].AsText(), "logout.clientId");
            var callbacks = Callbacks(request, app);
            if (!callbacks.Any(static callback => callback.Name == "postFlowUrl"))
                throw ApiException.Violation("callbacks.postFlowUrl", "must not be empty");
            return Session(request, LoginPage.LogoutPath, state.Pages.Add(new("logout", callbacks)));
        }

        if (request.Json["login"] is JsonObject)
            return Session(request, LoginPage.VisitPath, state.Pages.Add(new("login", [])));
        var standIn = StandIns.FirstOrDefault(name => request.Json[name] is JsonObject)
            ?? throw ApiException.Violation("auth", "or another kind of session must be an object");
        return Session(request, LoginPage.VisitPath,
            state.Pages.Add(new(standIn, Callbacks(request, directory.FindApp(request.Caller.ClientId)))));
    }

    private static Answer Session(ApiRequest request, string path, string name)
    {
        var endpoint = $"{request.Http.Request.Scheme}://{request.LocalAuthority}{path}";
        var url = $"{endpoint}?session={name}";
        return Answer.Json(new JsonObject
        {
            ["redirectSession"] = new JsonObject
            {
                ["id"] = Guid.NewGuid().ToString(),
                ["fullUrl"] = url,
                ["shortUrl"] = url,
                ["sessionToken"] = name,
                ["urlDetails"] = new JsonObject { ["endpoint"] = endpoint, ["searchParams"] = new JsonObject { ["session"] = name } },
            },
        }).With("Cache-Control", "no-store");
    }

    private static string Required(JsonObject from, string name) =>
        from[name].AsText() is { Length: > 0 } text ? text : throw ApiException.Violation($"auth.authRequest.{name}", "must not be empty");

    private static List<(string Name, string Url)> Callbacks(ApiRequest request, EmulatedApp? app)
    {
        var callbacks = new List<(string Name, string Url)>();
        foreach (var (name, value) in request.Json["callbacks"] as JsonObject ?? [])
        {
            if (value.AsText() is not { Length: > 0 } url)
                continue;
            if (app?.MayCallBack(url) != true)
                throw ApiException.Violation($"callbacks.{name}", "is not on one of the app's allowed domains", "NOT_ALLOWED");
            callbacks.Add((name, url));
        }

        return callbacks;
    }

    private LoginSession ReadLogin(ApiRequest request, JsonObject auth)
    {
        var given = auth["authRequest"] as JsonObject ?? throw ApiException.Violation("auth.authRequest", "must be an object");
        var app = FindApp(request, given["clientId"].AsText(), "auth.authRequest.clientId");
        if (app.ProjectSite is not { } site || site.Id != request.Site.Id)
            throw ApiException.Forbidden("The client id is not that of the site's headless project.");
        if (Required(given, "responseType") != "code")
            throw ApiException.Violation("auth.authRequest.responseType", "must be code", "ENUM");
        if (Required(given, "codeChallengeMethod") != "S256")
            throw ApiException.Violation("auth.authRequest.codeChallengeMethod", "must be S256", "ENUM");
        var mode = given["responseMode"].AsText() ?? "query";
        if (mode is not ("query" or "fragment" or "web_message"))
            throw ApiException.Violation("auth.authRequest.responseMode", "must be query, fragment or web_message", "ENUM");
        var prompt = auth["prompt"].AsText();
        if (prompt is not (null or "login" or "none" or "consent" or "select_account"))
            throw ApiException.Violation("auth.prompt", "is not a prompt", "ENUM");
        var (redirectUri, origin) = ReadReturn(request, app, given, mode);
        return new(
            app,
            site,
            redirectUri,
            origin,
            Required(given, "codeChallenge"),
            Required(given, "state"),
            mode,
            prompt,
            given["sessionToken"].AsText());
    }

    // A silent login in a frame names no address: the message goes to the page that asked, which must be one of the app's.
    private static (string? RedirectUri, string? Origin) ReadReturn(ApiRequest request, EmulatedApp app, JsonObject given, string mode)
    {
        var redirectUri = given["redirectUri"].AsText();
        if (redirectUri is not null)
        {
            if (!app.MayReturnTo(redirectUri))
                throw ApiException.Violation("auth.authRequest.redirectUri", "is not one of the app's allowed redirect addresses",
                    "NOT_ALLOWED");
            return (redirectUri, HtmlPage.Source(new(redirectUri)));
        }

        var origin = request.Http.Request.Headers.Origin.ToString();
        if (mode != "web_message" || !app.MayCallBack(origin))
            throw ApiException.Violation("auth.authRequest.redirectUri", "must not be empty");
        return (null, HtmlPage.Source(new(origin)));
    }

    private EmulatedApp FindApp(ApiRequest request, string? clientId, string field)
    {
        var app = directory.FindApp(clientId) ?? throw ApiException.Violation(field, "is not a client id", "NOT_FOUND");
        if (request.Caller.ClientId is { } own && !string.Equals(own, app.ClientId, StringComparison.OrdinalIgnoreCase))
            throw ApiException.Forbidden("The token was issued to another client.");
        return app;
    }
}
