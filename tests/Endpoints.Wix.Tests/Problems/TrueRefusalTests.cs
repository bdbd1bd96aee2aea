using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Reflection;
using System.Text;
using Endpoints.Problems;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Problems;
using Endpoints.Wix.Tests.Hosting;
using FluentValidation;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Endpoints.Wix.Tests.Problems;

/// <summary>Each statement of a refusal about the request is true, and each remedy that it names works.</summary>
public sealed class TrueRefusalTests
{
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly byte[] Named = "{\"name\":\"x\"}"u8.ToArray();

    // Those that only choose among others, or make them.
    private static readonly string[] Choosing =
        ["WixProblems.Of", "WixProblems.Final", "WixProblems.Later", "BindingProblems.For", "BindingProblems.Malformed", "FormProblems.For",
            "FormProblems.Bound", "FormProblems.Invalid", "MediaTypeProblems.Of", "RequestProblems.UnsupportedMediaType",
            "RequestProblems.Limited"];

    private static readonly Dictionary<string, Row> Table = new()
    {
        ["RequestProblems.NotFound"] = new(404, "not-found", null, static site => site.GetAsync("/files/none"),
            static site => site.GetAsync("/files/plain")),
        ["RequestProblems.MethodNotAllowed"] = new(
            405, "method-not-allowed", "See the Allow header", static site => site.SendAsync("PUT", "/files/plain"),
            static async site =>
                await site.SendAsync((await site.SendAsync("PUT", "/files/plain")).Header("Allow")!.Split(", ")[0], "/files/plain")),
        ["RequestProblems.CrossSite"] = new(
            403, "cross-site-request", "pages of its own site and of sites that its CORS policy allows",
            static site => site.SendAsync("POST", "/files/plain", headers: [("Origin", "https://other.example")]),
            static site => site.SendAsync("POST", "/files/plain", headers: [("Origin", "http://localhost")]),
            static site => site.SendAsync("POST", "/files/plain", headers: [("Origin", "https://friend.example")])),
        ["RequestProblems.BadRequest"] = new(
            400, "bad-request", null,
            static site => PostAsync(site, "/elevated/json", "broken"u8.ToArray(), "application/json", encoding: "gzip"),
            static site => PostAsync(site, "/elevated/json", Zipped("{\"name\":\"x\"}"), "application/json", encoding: "gzip")),
        ["RequestProblems.BodyTooLarge"] = new(
            413, "body-too-large", null, static site => PostAsync(site, "/elevated/json", new byte[2_000_000], "application/json"),
            static site => PostAsync(site, "/elevated/json", Named, "application/json")),
        ["RequestProblems.FormTooLarge"] = new(
            413, "body-too-large", "more values, or longer values",
            static site => PostAsync(site, "/files/form",
                Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, 2000).Select(static i => $"a{i}=b"))), Form),
            static site => PostAsync(site, "/files/form", "name=x"u8.ToArray(), Form)),
        ["RequestProblems.BrokenForm"] = new(
            400, "bad-request", "not the form that its content type says",
            static site => PostAsync(site, "/files/form", "x"u8.ToArray(), "multipart/form-data; boundary=x"),
            static site =>
                PostAsync(site, "/files/form", "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nx\r\n--x--\r\n"u8.ToArray(),
                    "multipart/form-data; boundary=x")),
        ["RequestProblems.LargePartHeaders"] = new(
            400, "bad-request", "too many headers",
            static site => PostAsync(site, "/files/form", Part(20), "multipart/form-data; boundary=x"),
            static site => PostAsync(site, "/files/form", Part(5), "multipart/form-data; boundary=x")),
        ["RequestProblems.BadCookie"] = new(
            400, "bad-request", "cookie of the request is not the JSON", static site => site.GetAsync("/files/cookie", cookie: "basket=x"),
            static site => site.GetAsync("/files/cookie", cookie: "basket=%7B%22name%22:%22x%22%7D"),
            static site => site.GetAsync("/files/cookie")),
        ["RequestProblems.Antiforgery"] =
            new(400, "antiforgery", null, static site => PostAsync(site, "/files/guarded", "name=x"u8.ToArray(), Form), WithTokenAsync),
        ["RequestProblems.Timeout"] =
            new(408, "request-timeout", null, StalledAsync, static site => PostAsync(site, "/elevated/json", Named, "application/json")),
        ["RequestProblems.Loop"] = new(508, "rewrite-loop", null, static site => site.GetAsync("/files/loop"),
            static site => site.GetAsync("/files/loop?end=1")),
        ["RequestProblems.Missing"] = new(
            400, "invalid-parameter", "'page' is missing or can't be read", static site => site.GetAsync("/files/paged?page=x"),
            static site => site.GetAsync("/files/paged?page=1")),
        ["RequestProblems.Invalid"] = new(
            400, "validation", null, static site => PostAsync(site, "/files/validated", "{\"name\":\"\"}"u8.ToArray(), "application/json"),
            static site => PostAsync(site, "/files/validated", Named, "application/json")),
        ["RequestProblems.Unhandled"] = new(500, "internal-error", null, static site => site.GetAsync("/files/fails"),
            static site => site.GetAsync("/files/plain")),
        ["BindingProblems.JSON"] = new(
            400, "malformed-json", "at $.name, line 2, byte 10",
            static site => PostAsync(site, "/files/validated", "{\n \"name\":1}"u8.ToArray(), "application/json"),
            static site => PostAsync(site, "/files/validated", "{\n \"name\":\"1\"}"u8.ToArray(), "application/json")),
        ["MediaTypeProblems.Charset"] = new(
            415, "unsupported-media-type", "Send JSON in UTF-8, without a charset",
            static site => PostAsync(site, "/elevated/json", Encoding.Unicode.GetBytes("{\"name\":\"x\"}"),
                "application/json; charset=utf-16"),
            static site => PostAsync(site, "/elevated/json", Named, "application/json")),
        ["MediaTypeProblems.FormCharset"] = new(
            415, "unsupported-media-type", "Send the form in UTF-8",
            static site => PostAsync(site, "/files/form", "name=x"u8.ToArray(), Form + "; charset=utf-7"),
            static site => PostAsync(site, "/files/form", "name=x"u8.ToArray(), Form + "; charset=utf-8"),
            static site => PostAsync(site, "/files/form", "name=x"u8.ToArray(), Form)),
        ["MediaTypeProblems.Bound"] = new(
            415, "unsupported-media-type", "does not take a body of this Content-Type. Send it as application/json.",
            static site => PostAsync(site, "/files/validated", Named, "text/plain"),
            static site => PostAsync(site, "/files/validated", Named, "application/json")),
        ["MediaTypeProblems.NoJson"] = new(
            415, "unsupported-media-type", "The request has no Content-Type. Send the body as application/json",
            static site => PostAsync(site, "/files/own", Named, null),
            static site => PostAsync(site, "/files/own", Named, "application/json")),
        ["MediaTypeProblems.NoForm"] = new(
            415, "unsupported-media-type", "Send it as multipart/form-data or application/x-www-form-urlencoded.",
            static site => PostAsync(site, "/files/ownform", Named, "application/json"),
            static site => PostAsync(site, "/files/ownform", "name=x"u8.ToArray(), Form)),
        ["WixProblems.NotAuthenticated"] = new(
            401, "not-authenticated", "Log in, or send a Wix access token in the Authorization header",
            static site => site.GetAsync("/elevated/members"),
            static site => site.GetAsync("/elevated/members", site.Wix.IssueToken(EmulatedIdentity.Member())), LoggedInAsync),
        ["WixProblems.TokenNotAccepted"] = new(
            401, "token-not-accepted", "Send one Wix access token, issued for this application and not expired.",
            static site => site.GetAsync("/elevated/members", "random"),
            static site => site.GetAsync("/elevated/members", site.Wix.IssueToken(EmulatedIdentity.Member()))),
        ["WixProblems.SessionEnded"] = new(401, "session-ended", "Log in again", EndedAsync, LoggedInAsync),
        ["WixProblems.CallerNotAllowed"] = new(
            403, "caller-not-allowed", null,
            static site => site.GetAsync("/elevated/members", site.Wix.IssueToken(EmulatedIdentity.User())),
            static site => site.GetAsync("/elevated/members", site.Wix.IssueToken(EmulatedIdentity.Member()))),
        ["WixProblems.NotYours"] = new(
            404, "resource-not-found", null, static site => site.GetAsync("/elevated/orders/other"),
            static site => site.GetAsync("/elevated/orders/mine")),
        ["WixProblems.CrossSite"] = new(
            403, "cross-site-session", "nothing distinguishes this request",
            static site => site.SendAsync("POST", "/elevated/members", cookie: MemberCookie(site)),
            static site =>
                site.SendAsync("POST", "/elevated/members", cookie: MemberCookie(site), headers: [("Sec-Fetch-Site", "same-origin")]),
            static site => site.SendAsync("POST", "/elevated/members", site.Wix.IssueToken(EmulatedIdentity.Member()), MemberCookie(site)),
            static site =>
                site.SendAsync("POST", "/elevated/members", cookie: MemberCookie(site), headers: [("Origin", "http://localhost")])),
        ["WixProblems.Unavailable"] = new(503, "wix-unavailable", "Try again later", UnavailableAsync, AvailableAgainAsync),
        ["WixProblems.RateLimited"] = new(429, "rate-limited", "Retry after the time in the Retry-After header", LimitedAsync, AfterAsync),
        ["WixProblems.For"] = new(
            403, "wix-forbidden", "An endpoint with [Elevate] can make it as the app",
            static site => site.GetAsync("/as-caller", site.Wix.IssueToken(EmulatedIdentity.Visitor())),
            static site => site.GetAsync("/as-app", site.Wix.IssueToken(EmulatedIdentity.Visitor()))),
        ["FlowProblems.ReturnAddress"] = new(
            400, "return-address-not-allowed", "one path of at most 2,000 characters that begins with a slash",
            static site => site.GetAsync("/api/auth/login?returnToUrl=//evil.example"),
            static site => site.GetAsync("/api/auth/login?returnToUrl=/home%3Fa=b")),
        ["FlowProblems.NotOpened"] = new(
            403, "not-opened-by-user", "with a link, a form or location.href",
            static site => site.GetAsync("/api/auth/login", headers: [("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Dest", "empty")]),
            static site => site.GetAsync("/api/auth/login", headers: [("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")])),
        ["FlowProblems.Host"] = new(
            400, "bad-request", "The Host header is not an address of this site", static site => HostAsync(site, "localhost:99999"),
            static site => HostAsync(site, "localhost")),
        ["LoginProblems.Parameter"] = new(
            400, "login-parameter-not-allowed", "prompt may be login or none; idp may be google or facebook.",
            static site => site.GetAsync("/api/auth/login?prompt=x"), static site => site.GetAsync("/api/auth/login?prompt=login"),
            static site => site.GetAsync("/api/auth/login?prompt=none"), static site => site.GetAsync("/api/auth/login?idp=google"),
            static site => site.GetAsync("/api/auth/login?idp=facebook")),
        ["LoginProblems.State"] = new(
            400, "login-state-not-accepted", "Start again", static site => site.GetAsync("/api/auth/callback?code=x&state=y"),
            static site => site.GetAsync("/api/auth/login")),
        ["LoginProblems.OtherPage"] = new(
            403, "cross-site-session", "Only a page of this site logs its visitors out",
            static site => site.SendAsync("POST", "/api/auth/logout"),
            static site => site.SendAsync("POST", "/api/auth/logout", headers: [("Sec-Fetch-Site", "same-origin")]),
            static site => site.SendAsync("POST", "/api/auth/logout", headers: [("Origin", "http://localhost")])),
        ["LoginProblems.Refused"] = new(400, "login-refused", "Begin it again", RefusedLoginAsync,
            static site => site.GetAsync("/api/auth/login")),
        ["InstallationProblems.Parameter"] = new(
            400, "installation-parameter-not-allowed", "token is what Wix opened this address with",
            static site => site.GetAsync("/api/install?token=a%20b"), static site => site.GetAsync("/api/install?token=JWS.a.b")),
        ["InstallationProblems.State"] = new(
            400, "installation-state-not-accepted", "Start again", static site => site.GetAsync("/api/install/callback?code=x&state=y"),
            static site => site.GetAsync("/api/install")),
        ["InstallationProblems.Refused"] = new(400, "installation-refused", "Begin it again", RefusedInstallationAsync,
            static site => site.GetAsync("/api/install")),
    };

    // Where requests are logged, as here, the framework itself stumbles over such a host; the property over inputs has them.
    private const string OfTheHost = "RequestProblems.BadHost";

    // What the site's owner has to set up, and Wix's own refusal to begin: nothing that the client could do better.
    private static readonly string[] ForTheOwner =
        ["RequestProblems.LimitsUnavailable", "LoginProblems.NotConfigured", "LoginProblems.Failed", "InstallationProblems.NotConfigured"];

    public static TheoryData<string> Rows => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task What_it_says_is_so_and_what_it_names_works(string name)
    {
        var row = Table[name];
        await using var site = await StartAsync();

        var refused = await row.Refused(site);
        Assert.Equal((row.Status, row.Type), ((int)refused.Status, refused.Problem));
        if (row.Detail is { } detail)
            Assert.Contains(detail, refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        else
            Assert.False(refused.Json.TryGetProperty("detail", out _), "There is more to try than the table does.");
        foreach (var better in row.Ways)
        {
            var answer = await better(site);
            Assert.True((int)answer.Status < 400, $"{name}: {answer.Status} {answer.Body}");
        }
    }

    [Fact]
    public void Each_refusal_has_a_row()
    {
        var written =
            from type in new[] { typeof(Problem).Assembly, typeof(WixOptions).Assembly }.SelectMany(static assembly => assembly.GetTypes())
            where type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Problems", StringComparison.Ordinal)
            from member in type.GetMembers(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            where member is PropertyInfo { PropertyType: var property }
                ? property == typeof(Problem) : member is MethodInfo { IsSpecialName: false, ReturnType: var result }
                    && result == typeof(Problem)
            select $"{type.Name}.{member.Name}";

        Assert.Equal(written.Distinct().Except(Choosing).Order(StringComparer.Ordinal),
            Table.Keys.Except(["BindingProblems.JSON"]).Concat(ForTheOwner).Append(OfTheHost).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_Wix_says_is_passed_on_without_advice_but_for_a_lack_of_rights()
    {
        var details =
            Enumerable.Range(400, 200).Select(static status => WixProblems.For(new WixApiException("", (System.Net.HttpStatusCode)status)))
            .Where(static problem => problem.Detail is not null).Select(static problem => problem.Type).Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(["wix-forbidden", "wix-unavailable"], details);
    }

    private static Task<WixSite> StartAsync() => WixSite.StartAsync(
        static app =>
        {
            app.UseRequestDecompression();
            app.UseAntiforgery();
            app.MapFileRoutes([.. Files.Select(static file => new FileRoute($"pages{file.Path}.cs", file.Path, file.Handler,
                [.. file.Handler.GetMethods().Where(static method => method.DeclaringType != typeof(object))
                    .Select(static method => new FileRouteMethod(method.Name.ToUpperInvariant(), method.Name))]))]);
            app.MapWixAuth();
            app.MapWixInstallation();
            app.MapPost("/elevated/json", static (Input input) => input.Name).Elevate(Callers.Visitor);
            app.MapMethods("/elevated/members", ["GET", "POST"], static () => "in").Elevate(Callers.Member);
            app.MapGet("/elevated/orders/{id}", static (string id) => id)
                .Elevate(Callers.Visitor, static options => options.Check = typeof(Mine));
            app.MapGet("/elevated/limited", static () => "in").Elevate(Callers.Visitor, static options => options.RateLimit = "1/1m");
            app.MapGet("/as-caller", static async (WixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).Version);
            app.MapGet("/as-app", static async (ElevatedWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).Version)
                .Elevate(Callers.Visitor);
            app.MapGet("/token",
                static (HttpContext context, IAntiforgery antiforgery) => antiforgery.GetAndStoreTokens(context).RequestToken);
        },
        static options => options.Bodies.Timeout = TimeSpan.FromMilliseconds(300),
        static builder =>
        {
            builder.Services.AddFileRoutes();
            builder.Services.AddRequestDecompression().AddAntiforgery(static options => options.HeaderName = "X-Token").AddScoped<Mine>();
            builder.Services.Configure<Microsoft.AspNetCore.HostFiltering.HostFilteringOptions>(
                static hosts => hosts.AllowedHosts = ["localhost"]);
            builder.Services.AddCors(static cors => cors.AddDefaultPolicy(static policy => policy.WithOrigins("https://friend.example")));
        },
        static wix => wix.AllowLoopbackRedirects = true);

    private static async Task<Answer> PostAsync(WixSite site, string path, byte[] body, string? type, string? encoding = null)
    {
        using var content = new ByteArrayContent(body);
        if (type is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        return await site.SendAsync("POST", path, content: content);
    }

    private static byte[] Part(int headers) => Encoding.ASCII.GetBytes(
        "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n"
        + string.Concat(Enumerable.Range(0, headers).Select(static i => $"X-{i}: y\r\n")) + "\r\nx\r\n--x--\r\n");

    private static byte[] Zipped(string text)
    {
        using var memory = new MemoryStream();
        using (var zip = new GZipStream(memory, CompressionLevel.Fastest))
            zip.Write(Encoding.UTF8.GetBytes(text));
        return memory.ToArray();
    }

    private static async Task<Answer> WithTokenAsync(WixSite site)
    {
        var given = await site.GetAsync("/token");
        using var content = new ByteArrayContent("name=x"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", Form);
        return await site.SendAsync("POST", "/files/guarded", cookie: given.Header("Set-Cookie")!.Split(';')[0], content: content,
            headers: [("X-Token", given.Body)]);
    }

    private static async Task<Answer> StalledAsync(WixSite site)
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync("{\"na"u8.ToArray());
        using var content = new StreamContent(pipe.Reader.AsStream());
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        try
        {
            return await site.SendAsync("POST", "/elevated/json", content: content);
        }
        finally
        {
            await pipe.Writer.CompleteAsync();
        }
    }

    private static string MemberCookie(WixSite site) =>
        SessionCookie.Of(site.Wix.App.ClientId, site.Wix.IssueSession(EmulatedIdentity.Member()));

    private static Task<Answer> LoggedInAsync(WixSite site) => site.GetAsync("/elevated/members", cookie: MemberCookie(site));

    private static Task<Answer> EndedAsync(WixSite site)
    {
        var session = site.Wix.IssueSession(EmulatedIdentity.Member(), static options => options.Expired());
        site.Wix.Revoke(session.RefreshToken);
        return site.GetAsync("/elevated/members", cookie: SessionCookie.Of(site.Wix.App.ClientId, session));
    }

    private static Task<Answer> UnavailableAsync(WixSite site)
    {
        site.Wix.On(WixSite.TokenInfo).Fail(500);
        return site.GetAsync("/elevated/members", site.Wix.IssueToken(EmulatedIdentity.Member()));
    }

    private static async Task<Answer> AvailableAgainAsync(WixSite site)
    {
        var before = await UnavailableAsync(site);
        site.Wix.ClearFaults();
        site.Clock.Advance(TimeSpan.FromSeconds(int.Parse(before.Header("Retry-After")!, CultureInfo.InvariantCulture)));
        return await site.GetAsync("/elevated/members", site.Wix.IssueToken(EmulatedIdentity.Member()));
    }

    private static async Task<Answer> LimitedAsync(WixSite site)
    {
        await site.GetAsync("/elevated/limited");
        return await site.GetAsync("/elevated/limited");
    }

    private static async Task<Answer> AfterAsync(WixSite site)
    {
        var before = await LimitedAsync(site);
        site.Clock.Advance(TimeSpan.FromSeconds(int.Parse(before.Header("Retry-After")!, CultureInfo.InvariantCulture)));
        return await site.GetAsync("/elevated/limited");
    }

    // Without a session at Wix, Wix sends the browser back at once.
    private static async Task<Answer> RefusedLoginAsync(WixSite site)
    {
        var begun = await site.GetAsync("/api/auth/login?prompt=none");
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var location = new Uri(begun.Header("Location")!);
        while (location.AbsolutePath != "/api/auth/callback")
        {
            using var response = await browser.GetAsync(location);
            location = new(location, response.Headers.Location!);
        }

        return await AnsweredAsync(site, begun, location.Query, "/api/auth/callback?code=wrong");
    }

    private static async Task<Answer> RefusedInstallationAsync(WixSite site)
    {
        var begun = await site.GetAsync("/api/install");
        return await AnsweredAsync(site, begun, Uri.UnescapeDataString(begun.Header("Location")!),
            "/api/install/callback?code=wrong&instanceId=x");
    }

    private static async Task<Answer> AnsweredAsync(WixSite site, Answer begun, string location, string callback)
    {
        var state = location[(location.IndexOf("state=", StringComparison.Ordinal) + 6)..].Split('&')[0];
        var cookies =
            string.Join(
                "; ", begun.Headers.Split('\n').Where(static line => line.StartsWith("Set-Cookie: ", StringComparison.Ordinal))
                    .SelectMany(static line => line[12..].Split(", ")).Select(static cookie => cookie.Split(';')[0]));
        return await site.GetAsync($"{callback}&state={state}", cookie: cookies);
    }

    private static async Task<Answer> HostAsync(WixSite site, string host)
    {
        var context =
            await site.Server.SendAsync(
                request => (request.Request.Method, request.Request.Path, request.Request.Host) = ("GET", "/api/auth/login", new(host)));
        using var reader = new StreamReader(context.Response.Body);
        return new((System.Net.HttpStatusCode)context.Response.StatusCode, await reader.ReadToEndAsync(), "", context.Response.ContentType);
    }

    private static readonly (string Path, Type Handler)[] Files =
    [
        ("/files/plain", typeof(PlainFile)), ("/files/form", typeof(FormFile)), ("/files/guarded", typeof(GuardedFile)),
        ("/files/loop", typeof(LoopFile)), ("/files/paged", typeof(PagedFile)), ("/files/validated", typeof(ValidatedFile)),
        ("/files/fails", typeof(FailingFile)), ("/files/own", typeof(OwnFile)), ("/files/ownform", typeof(OwnFormFile)),
        ("/files/cookie", typeof(CookieFile)),
    ];

    private sealed record Row(int Status, string Type, string? Detail, Func<WixSite, Task<Answer>> Refused,
        params Func<WixSite, Task<Answer>>[] Ways);

    public sealed record Input(string Name);

    internal sealed class InputValidator : AbstractValidator<Input>
    {
        public InputValidator() => RuleFor(static input => input.Name).NotEmpty();
    }

    internal sealed class Mine : IElevationCheck
    {
        public ValueTask<bool> IsAllowedAsync(ElevationCheckContext context, CancellationToken cancellationToken) =>
            new(context.Argument<string>("id") == "mine");
    }

    public static class PlainFile
    {
        public static string Get() => "";

        public static string Post() => "";
    }

    public static class FormFile
    {
        public static string Post([FromForm] string name) => name;
    }

    public static class GuardedFile
    {
        [RequireAntiforgeryToken]
        public static string Post([FromForm] string name) => name;
    }

    public static class LoopFile
    {
        public static IResult Get(ApiContext context, string? end) => end is null ? context.Rewrite("/files/loop") : Results.Ok();
    }

    public static class PagedFile
    {
        public static int Get(int page) => page;
    }

    public static class ValidatedFile
    {
        public static string Post(Input input) => input.Name;
    }

    public static class FailingFile
    {
        public static string Get() => throw new InvalidOperationException("It fails.");
    }

    public static class OwnFile
    {
        public static async Task<string> Post(HttpRequest request) => (await request.ReadFromJsonAsync<Input>())!.Name;
    }

    public static class CookieFile
    {
        public static string Get(ApiContext context) => context.Cookies.Get("basket")?.Json<Input>()?.Name ?? "none";
    }

    public static class OwnFormFile
    {
        public static async Task<string> Post(HttpRequest request) => (await request.ReadFormAsync())["name"].ToString();
    }
}
