using Adversary.Tests.Requests;

namespace Adversary.Tests.Generation;

/// <summary>A place of the reference application, and how a request to it looks that nobody has tampered with.</summary>
/// <param name="Endpoint">What its handler calls itself; empty when it reports nothing.</param>
/// <param name="Method">The method.</param>
/// <param name="Target">The target; <c>{id}</c> is the caller's own id.</param>
/// <param name="Content">What it takes.</param>
internal sealed record Surface(string Endpoint, string Method, string Target, Content Content = Content.None)
{
    public static IReadOnlyList<Surface> All { get; } =
    [
        new("GET /api/who", "GET", "/api/who"),
        new("POST /api/who", "POST", "/api/who", Content.Json),
        new("GET /api/as-caller", "GET", "/api/as-caller"),
        new("GET /api/my-api", "GET", "/api/my-api"),
        new("POST /api/my-api", "POST", "/api/my-api", Content.Json),
        new("GET /api/orders/[id]", "GET", "/api/orders/{id}"),
        new("PUT /api/orders/[id]", "PUT", "/api/orders/{id}", Content.Json),
        new("ALL /api/files/[...path]", "GET", "/api/files/a/b"),
        new("ALL /api/files/[...path]", "POST", "/api/files/a", Content.Bytes),
        new("GET /api/raw/[...path]", "GET", "/api/raw/v4/properties"),
        new("GET /api/staff", "GET", "/api/staff"),
        new("DELETE /api/staff", "DELETE", "/api/staff"),
        new("GET /api/members/profile", "GET", "/api/members/profile"),
        new("PATCH /api/members/profile", "PATCH", "/api/members/profile", Content.Json),
        new("POST /api/form", "POST", "/api/form", Content.Form),
        new("PUT /api/form", "PUT", "/api/form", Content.File),
        new("POST /api/stream", "POST", "/api/stream", Content.Bytes),
        new("GET /api/key", "GET", "/api/key"),
        new("GET /minimal/{number:int}", "GET", "/minimal/7"),
        new("POST /minimal", "POST", "/minimal", Content.Json),
        new("GET /widget", "GET", "/widget"),
        new("GET /open", "GET", "/open"),
        new("POST /jobs/sync", "POST", "/jobs/sync"),
        new("GET /jobs/{id}", "GET", "/jobs/{id}"),
        new("GET /admin/report", "GET", "/admin/report"),
        new("DELETE /admin/report/{id:guid}", "DELETE", "/admin/report/5e0a5a52-4b6f-4b43-8c1c-8f6b1f3f1f3e"),
        new("GET /events", "GET", "/events"),
        new("GET /account", "GET", "/account"),
        new("POST /account/orders", "POST", "/account/orders"),
        new("POST /account/required", "POST", "/account/required"),
        new("GET /mine", "GET", "/mine"),
        new("GET /authorized", "GET", "/authorized"),
        new("ALL /fallback/{*rest}", "GET", "/fallback/x/y"),
        new("PUT /baskets/Change/{id:length(5)}", "PUT", "/baskets/change/abcde", Content.Json),
        new("GET /baskets/All", "GET", "/baskets/all"),
        new("POST /baskets/Pay", "POST", "/baskets/pay", Content.Form),
        new("GET /baskets/Of/{id}", "GET", "/baskets/of/{id}"),
        new("Home.Index (by convention)", "GET", "/shop"),
        new("Home.Index (by convention)", "GET", "/shop/home/index/3"),
        new("Home.Who", "GET", "/shop/home/who"),
        new("Callers.Who", "GET", "/callers/who"),
        new("Callers.Who", "POST", "/callers/who", Content.Form),
        new("GET /callers/Act", "GET", "/callers/act"),
        new("POST /callers/Act", "POST", "/callers/act", Content.Form),
        new("GET /page", "GET", "/page"),
        new("POST /page", "POST", "/page", Content.Form),
        new("foreign", "GET", "/foreign/x"),
        new("foreign", "POST", "/foreign", Content.Bytes),
        new("ALL /socket", "GET", "/socket", Content.Socket),
        new("ALL /socket/own", "GET", "/socket/own", Content.Socket),
        new("", "GET", "/health"),
        new("", "GET", "/cached"),
        new("", "GET", "/index.html"),
        new("", "GET", "/nothing/here"),
        new("", "GET", "/api/nothing"),
        new("", "GET", "/api/auth/login?returnToUrl=/"),
        new("", "GET", "/api/auth/callback?code=x&state=y"),
        new("", "GET", "/api/auth/logout-callback"),
        new("", "POST", "/api/auth/logout", Content.Form),
        new("", "GET", "/api/install"),
        new("", "GET", "/api/install/callback?code=x&state=y&instanceId={{instance:user}}"),
        new("", "POST", "/sign-in?name=alan&password=wrong"),
    ];

    /// <summary>The plain request.</summary>
    /// <param name="credentials">What says who is calling.</param>
    /// <param name="person">Whose things it is about.</param>
    public Shot Plain(IEnumerable<Field> credentials, string person)
    {
        var target = Target.Replace("{id}", "{{id:" + person + "}}", StringComparison.Ordinal);
        target += (target.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "m={{marker}}";
        var (type, body) = Bodies.Plain(Content);
        var shot = new Shot(Method, target,
            [new("Host", "{{host}}"), new("X-Marker", "{{marker}}"), new("X-Private", "{{private}}"), .. credentials],
            body) { Surface = Endpoint };
        if (Content == Content.Socket)
        {
            return shot.With(
                new Field("Connection", "Upgrade"), new("Upgrade", "websocket"), new("Sec-WebSocket-Version", "13"),
                new("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));
        }

        return Method is "GET" or "HEAD" ? shot : shot.With(new Field("Content-Type", type), new("Content-Length", "{{length}}"));
    }
}
