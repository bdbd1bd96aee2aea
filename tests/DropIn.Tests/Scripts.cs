using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DropIn.Tests;

/// <summary>The requests of each application's clients.</summary>
internal static partial class Scripts
{
    private static readonly (string, string)[] Browser =
        [("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"), ("Sec-Fetch-Site", "none")];
    private static readonly (string, string)[] Elsewhere = [("Origin", "https://elsewhere.example"), ("Sec-Fetch-Site", "cross-site")];
    private static readonly (string, string)[] Dashboard = [("Origin", "http://localhost:4321"), ("Sec-Fetch-Site", "same-site")];

    public static async Task MinimalAsync(HttpClient client, Recording recording)
    {
        await CommonAsync(client, recording, "/about.html", "/api/notes", "/api/notes/1");
        foreach (var path in (string[])["/health", "/alive", "/openapi/v1.json", "/api/notes", "/api/notes/1", "/api/notes/99",
            "/api/notes/x", "/api/notes/1/deeper", "/who", "/me", "/limited", "/limited", "/limited", "/broken", "/odd"])
            await recording.SendAsync(client, "GET", path);
        await recording.SendAsync(client, "PROPFIND", "/odd");
        await recording.SendAsync(client, "POST", "/api/notes", JsonContent.Create(new { text = "Buy milk" }));
        await recording.SendAsync(client, "POST", "/api/notes", Json("{\"text\":"));
        await recording.SendAsync(client, "POST", "/api/notes", new StringContent("text", Encoding.UTF8, "text/plain"));
        await recording.SendAsync(client, "PATCH", "/api/notes/1", Json("{}"));
        await recording.SendAsync(client, "PUT", "/api/notes/1", JsonContent.Create(new { text = "no token" }));
        await recording.SendAsync(client, "POST", "/account/register", JsonContent.Create(new { email = "no", password = "x" }));
        await recording.SendAsync(client, "POST", "/account/register",
            JsonContent.Create(new { email = "ada@example.com", password = "Harbour-1815" }));
        await recording.SendAsync(client, "POST", "/account/login",
            JsonContent.Create(new { email = "ada@example.com", password = "wrong" }));
        var login = await recording.SendAsync(client, "POST", "/account/login",
            JsonContent.Create(new { email = "ada@example.com", password = "Harbour-1815" }));
        var bearer = ("Authorization", "Bearer " + JsonDocument.Parse(login.Body).RootElement.GetProperty("accessToken").GetString());
        await recording.SendAsync(client, "GET", "/me", null, bearer);
        await recording.SendAsync(client, "GET", "/who", null, bearer);
        await recording.SendAsync(client, "PUT", "/api/notes/1", JsonContent.Create(new { text = "mine" }), bearer);
        await recording.SendAsync(client, "DELETE", "/api/notes/1", null, bearer);
        await recording.SendAsync(client, "DELETE", "/api/notes/2", null, bearer);
        await recording.SendAsync(client, "GET", "/me", null, ("Authorization", "Bearer nonsense"));
        await recording.SendAsync(client, "GET", "/account/manage/info", null, bearer);
    }

    public static async Task FSharpAsync(HttpClient client, Recording recording)
    {
        await CommonAsync(client, recording, "/site.css", "/api/notes", "/api/notes/1");
        foreach (var path in (string[])["/api/notes/2", "/api/notes/99", "/api/notes/x", "/broken", "/late", "/me"])
            await recording.SendAsync(client, "GET", path);
        await recording.SendAsync(client, "POST", "/api/notes", JsonContent.Create(new { id = 3, text = "Call Ada" }));
        await recording.SendAsync(client, "POST", "/api/notes", Json("{\"id\":"));
        await recording.SendAsync(client, "POST", "/api/notes", new StringContent("text", Encoding.UTF8, "text/plain"));
        await recording.SendAsync(client, "PATCH", "/api/notes/1", Json("{}"));
    }

    public static async Task MvcAsync(HttpClient client, Recording recording)
    {
        await CommonAsync(client, recording, "/site.css", "/api/products", "/api/products/1");
        foreach (var path in (string[])["/Home/Missing", "/Home/Broken", "/Home/Cached", "/Home/Cached", "/Home/Nothing", "/Admin/Reports",
            "/Account/Me", "/api/products", "/api/products/1", "/api/products/2", "/api/products/x", "/error/404"])
            await recording.SendAsync(client, "GET", path, null, Browser);
        await recording.SendAsync(client, "POST", "/api/products", JsonContent.Create(new { name = "Cup", quantity = 1 }));
        await recording.SendAsync(client, "POST", "/api/products", Json("{\"quantity\":\"many\"}"));
        await recording.SendAsync(client, "DELETE", "/api/products/1");
        await recording.SendAsync(client, "POST", "/Account/Login", Form(("name", "ada")));
        var page = await recording.SendAsync(client, "GET", "/Account/Login", null, Browser);
        await recording.SendAsync(client, "POST", "/Account/Login",
            Form(("name", "ada"), ("__RequestVerificationToken", AntiforgeryToken(page.Body))));
        foreach (var path in (string[])["/Account/Me", "/Admin/Reports", "/Admin/Reports/Secret", "/nothing/at/all", "/api/orders", "/api"])
            await recording.SendAsync(client, "GET", path, null, Browser);
    }

    public static async Task RazorPagesAsync(HttpClient client, Recording recording)
    {
        await CommonAsync(client, recording, "/site.css", "/Product/7", "/Contact");
        foreach (var path in (string[])["/Contact", "/Product/7", "/Product/x", "/Orders", "/Broken", "/Error", "/nothing", "/api/nothing",
            "/Identity/Account/Login", "/Identity/Account/Register", "/Identity/Account/Nothing", "/Identity/Account/Manage"])
            await recording.SendAsync(client, "GET", path, null, Browser);
        await recording.SendAsync(client, "POST", "/Contact", Form(("Message", "without a token")));
        var page = await recording.SendAsync(client, "GET", "/Contact", null, Browser);
        await recording.SendAsync(client, "POST", "/Contact",
            Form(("Message", new string('x', 30)), ("__RequestVerificationToken", AntiforgeryToken(page.Body))));
        await recording.SendAsync(client, "POST", "/Contact",
            Form(("Message", "Hello"), ("__RequestVerificationToken", AntiforgeryToken(page.Body))));
        await recording.SendAsync(client, "GET", "/Contact", null, Browser);
        page = await recording.SendAsync(client, "GET", "/Identity/Account/Register?returnUrl=%2FOrders", null, Browser);
        await recording.SendAsync(client, "POST", "/Identity/Account/Register?returnUrl=%2FOrders", Form(
            ("Input.Email", "ada@example.com"), ("Input.Password", "Harbour1815"), ("Input.ConfirmPassword", "Harbour1815"),
            ("__RequestVerificationToken", AntiforgeryToken(page.Body))));
        await recording.SendAsync(client, "GET", "/Orders", null, Browser);
    }

    public static async Task UseMvcAsync(HttpClient client, Recording recording)
    {
        await CommonAsync(client, recording, "/site.css", "/api/values", "/Shop/Item/3");
        foreach (var path in (string[])["/Shop", "/Shop/Item/3", "/Shop/Missing", "/Shop/Mine", "/Shop/Cached", "/Shop/Broken",
            "/Shop/Nothing", "/Nothing", "/legacy/a/b", "/api/values", "/api/values/1", "/api/values/2", "/api/values/x", "/api/nothing",
            "/api"])
            await recording.SendAsync(client, "GET", path, null, Browser);
        await recording.SendAsync(client, "POST", "/api/values", JsonContent.Create(new { text = "three", weight = 3 }));
        await recording.SendAsync(client, "POST", "/api/values", Json("{\"weight\":\"heavy\"}"));
        await recording.SendAsync(client, "PUT", "/api/values/1", JsonContent.Create(new { text = "uno", weight = 1 }));
        await recording.SendAsync(client, "PATCH", "/api/values/1", Json("{}"));
        await recording.SendAsync(client, "POST", "/Shop/Order", Form(("what", "mug"), ("count", "2")));
        await recording.SendAsync(client, "POST", "/Shop/Order", Form(("what", "mug"), ("count", "two")));
    }

    public static async Task BlazorAsync(HttpClient client, Recording recording)
    {
        await CommonAsync(client, recording, "/site.css", "/api/status", "/items/3");
        foreach (var path in (string[])["/items/3", "/items/x", "/guestbook", "/broken", "/error", "/nothing", "/api/nothing",
            "/api/status/deeper", "/api/old/orders", "/old/page", "/chat", "/_framework/nothing.js"])
            await recording.SendAsync(client, "GET", path, null, Browser);
        await recording.SendAsync(client, "POST", "/chat/negotiate?negotiateVersion=1");
        await recording.SendAsync(client, "POST", "/api/status", JsonContent.Create(new { state = "closed" }));
        await recording.SendAsync(client, "POST", "/api/status", Json("[]"));
        await recording.SendAsync(client, "OPTIONS", "/api/status", null, ("Origin", "https://partner.example"),
            ("Access-Control-Request-Method", "POST"));
        await recording.SendAsync(client, "GET", "/api/status", null, ("Origin", "https://partner.example"));
        await recording.SendAsync(client, "POST", "/guestbook", Form(("_handler", "guestbook"), ("Name", "Ada")));
        var page = await recording.SendAsync(client, "GET", "/guestbook", null, Browser);
        await recording.SendAsync(client, "POST", "/guestbook",
            Form(("_handler", "guestbook"), ("Name", "Ada"), ("__RequestVerificationToken", AntiforgeryToken(page.Body))));
    }

    /// <summary>
    /// The requests that every site gets: existing addresses with every method and origin, and addresses that don't exist.
    /// </summary>
    private static async Task CommonAsync(HttpClient client, Recording recording, string file, string api, string item)
    {
        foreach (var path in (string[])["/", file, file + "/", item, item + "/", api + "?page=2", "//", "/%2e%2e/secret", "/favicon.ico",
            "/nothing", "/nothing.txt", "/api", "/api/", "/api/nothing", "/api/nothing/", "/API/Nothing", "/apiary"])
            await recording.SendAsync(client, "GET", path);
        foreach (var path in (string[])["/", file, api, item, "/nothing", "/api/nothing"])
        {
            await recording.SendAsync(client, "HEAD", path);
            await recording.SendAsync(client, "OPTIONS", path);
            await recording.SendAsync(client, "POST", path);
            await recording.SendAsync(client, "DELETE", path);
            await recording.SendAsync(client, "GET", path, null, Elsewhere);
            await recording.SendAsync(client, "GET", path, null, Dashboard);
            await recording.SendAsync(client, "OPTIONS", path, null, [.. Dashboard, ("Access-Control-Request-Method", "POST")]);
        }

        await recording.SendAsync(client, "GET", api, null, ("Authorization", "OauthNG.JWS.nonsense"));
        await recording.SendAsync(client, "GET", api, null, ("Cookie", "wixSession=nonsense"));
        await recording.SendAsync(client, "POST", api, JsonContent.Create(new { }), Elsewhere);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(static field => KeyValuePair.Create(field.Name, field.Value)));

    private static string AntiforgeryToken(string page) => Token().Match(page).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
