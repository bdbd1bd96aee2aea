using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Refit;

namespace Endpoints.Wix.Tests.Clients.HttpClients;

/// <summary>An HttpClient with a Wix identity can do what the Wix client can, where that can, and nothing else.</summary>
public sealed class IdentityClientTests
{
    private const string Path = "/site-properties/v4/properties";

    private static readonly string[] Privileged = ["elevated", "app", "admin"];

    public interface ISiteApi
    {
        [Get("/site-properties/v4/properties")]
        Task<JsonObject> GetAsync(string fields);

        [Get("/members/v1/members/{id}")]
        Task<JsonObject> GetMemberAsync(string id);

        [Post("/members/v1/members/query")]
        Task<JsonObject> QueryAsync([Body] JsonObject query);
    }

    [Fact]
    public async Task It_calls_as_the_client_it_is_named_after()
    {
        await using var site = await StartAsync(app =>
        {
            app.MapGet("/caller", async (IHttpClientFactory http) => (int)(await http.CreateClient("caller").GetAsync(Path)).StatusCode);
            app.MapGet("/elevated",
                async (IHttpClientFactory http) => await http.CreateClient("elevated").GetFromJsonAsync<JsonObject>(Path + "?fields=email"))
                .Elevate(Callers.Member);
        });
        var token = site.Wix.IssueToken(EmulatedIdentity.Member("alice"));

        Assert.Equal("403", (await site.GetAsync("/caller", token)).Body);
        var elevated = await site.GetAsync("/elevated", token);
        Assert.Equal(HttpStatusCode.OK, elevated.Status);
        Assert.Contains("\"email\"", elevated.Body, StringComparison.Ordinal);
        var factory = site.Services.GetRequiredService<IHttpClientFactory>();
        foreach (var name in new[] { "app", "admin" })
            Assert.Equal(HttpStatusCode.OK, (await factory.CreateClient(name).GetAsync(Path[1..])).StatusCode);

        Assert.Equal([EmulatedIdentityKind.Member, EmulatedIdentityKind.App, EmulatedIdentityKind.App],
            site.Wix.CallsTo(WixSite.GetSiteProperties).Take(3).Select(static call => call.Caller?.Kind));
        Assert.Contains(site.Logs.Of("ElevationAudit"),
            static line => line.StartsWith("Elevated call: HTTP: GET /elevated for Member alice", StringComparison.Ordinal)
            && line.Contains("GET /site-properties/v4/properties answered 200", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refit_makes_its_calls_through_it()
    {
        await using var site = await StartAsync(
            app => app.MapGet("/", async (ISiteApi api) =>
            {
                var page = await api.QueryAsync(new JsonObject { ["query"] = new JsonObject() });
                var id = (string)page["members"]![0]!["id"]!;
                Assert.IsType<InvalidOperationException>(
                    (await Assert.ThrowsAsync<ApiRequestException>(() => api.GetAsync("email"))).InnerException);
                Assert.IsType<ArgumentException>(
                    (await Assert.ThrowsAsync<ApiRequestException>(() => api.GetMemberAsync("../../../oauth2/token"))).InnerException,
                    exactMatch: false);
                return (string?)(await api.GetMemberAsync(id))["member"]!["id"] == id;
            }).Elevate(Callers.Visitor, options => options.Only = ["GET /members/v1/members/*", "POST /members/v1/members/query"]),
            build: builder => builder.Services.AddHttpClient("refit").AddTypedClient(static http => RestService.For<ISiteApi>(http))
                .AddWixIdentity<ElevatedWixClient>());

        Assert.Equal("true", (await site.GetAsync("/")).Body);

        Assert.Equal(2, site.Wix.Calls.Count(static call => call.Caller?.Kind == EmulatedIdentityKind.App));
        Assert.Contains(site.Logs.Of("ElevationAudit"), static line => line.StartsWith("Elevated call denied", StringComparison.Ordinal));
    }

    [Fact]
    public async Task S01_Where_nothing_is_elevated_it_calls_nothing_and_after_the_handler_neither()
    {
        var refused = new List<Exception?>();
        HttpClient? kept = null;
        await using var site = await StartAsync(app =>
        {
            app.MapGet("/plain", async (IHttpClientFactory http) =>
            {
                foreach (var name in Privileged)
                    refused.Add(await Record.ExceptionAsync(() => http.CreateClient(name).GetAsync(Path)));
            });
            app.MapGet("/keep", (IHttpClientFactory http) => { kept = http.CreateClient("elevated"); }).Elevate(Callers.Visitor);
            app.MapGet("/again", async () => refused.Add(await Record.ExceptionAsync(() => kept!.GetAsync(Path))));
        });

        foreach (var path in new[] { "/plain", "/keep", "/again" })
            Assert.Equal(HttpStatusCode.OK, (await site.GetAsync(path)).Status);
        refused.Add(await Record.ExceptionAsync(() => kept!.GetAsync(Path)));

        Assert.Equal(5, refused.Count);
        Assert.All(refused, static exception => Assert.IsType<InvalidOperationException>(exception, exactMatch: false));
        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task S58_One_that_a_singleton_keeps_calls_for_the_request_it_is_used_in()
    {
        HttpClient? kept = null;
        await using var site = await StartAsync(app => app.MapGet("/", async (IHttpClientFactory http) =>
        {
            kept ??= http.CreateClient("caller");
            return (await kept.GetFromJsonAsync<JsonObject>("/members/v1/members/my"))?["member"]?["id"]?.ToString();
        }));
        var members = new[] { site.Wix.Site.Members[0].Id, site.Wix.Site.Members[1].Id };

        foreach (var id in members.Concat(members))
            Assert.Equal(id, (await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.Member(id)))).Body);
    }

    [Theory]
    [InlineData("https://evil.example/site-properties")]
    [InlineData("http://127.0.0.1:1/x")]
    [InlineData("https://{authority}/x")]
    [InlineData("http://user:password@{authority}/x")]
    [InlineData("http://127.0.0.1.evil.example/x")]
    [InlineData("//evil.example/x")]
    [InlineData("/a%2fb")]
    [InlineData("/a/%252e%252e/b")]
    [InlineData("/a;b/c")]
    [InlineData("/a//b")]
    public async Task S38_No_other_host_and_no_devious_path_is_reached(string address)
    {
        await using var site = await StartAsync();
        var to = address.Replace("{authority}", site.Wix.Address.Authority, StringComparison.Ordinal);
        foreach (var name in new[] { "app", "admin" })
        {
            using var http = site.Services.GetRequiredService<IHttpClientFactory>().CreateClient(name);
            var refused = await Record.ExceptionAsync(() => http.GetAsync(new Uri(to, UriKind.RelativeOrAbsolute)));
            Assert.True(refused is ArgumentException or InvalidOperationException, refused?.ToString());
        }

        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task S38_A_redirect_is_an_answer_and_no_handler_or_log_sees_a_token()
    {
        var seen = new Watching();
        await using var site = await StartAsync(build: builder =>
        {
            builder.Services.AddHttpClient("watched").AddWixIdentity<AppWixClient>().AddHttpMessageHandler(() => seen);
            builder.Services.ConfigureHttpClientDefaults(static http => http.RedactLoggedHeaders(static _ => false));
        });
        site.Wix.On(WixSite.GetSiteProperties).Answer(302, "{}");
        using var http = site.Services.GetRequiredService<IHttpClientFactory>().CreateClient("watched");

        using var answer = await http.GetAsync(Path);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(1, site.Wix.CountOf(WixSite.GetSiteProperties));
        Assert.Equal([false], seen.Authorized);
        Assert.Null(answer.RequestMessage!.Headers.Authorization);
        Assert.DoesNotContain(site.Logs.Of("HttpClient"), static line => line.Contains("Authorization", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Authorization", "somebody-else")]
    [InlineData("Cookie", "a=b")]
    [InlineData("Host", "evil.example")]
    [InlineData("wix-site-id", "44444444-4444-4444-8444-444444444444")]
    [InlineData("wix-account-id", "44444444-4444-4444-8444-444444444444")]
    [InlineData("X-HTTP-Method-Override", "DELETE")]
    [InlineData("X-Original-URL", "/oauth2/token")]
    [InlineData("X-Wix-Consistent", "x")]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    public async Task S72_A_header_that_says_as_whom_or_what_for_is_refused(string name, string value)
    {
        await using var site = await StartAsync();
        using var http = site.Services.GetRequiredService<IHttpClientFactory>().CreateClient("app");
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        Assert.True(request.Headers.TryAddWithoutValidation(name, value));

        Assert.Contains(name, (await Assert.ThrowsAsync<InvalidOperationException>(() => http.SendAsync(request))).Message,
            StringComparison.OrdinalIgnoreCase);

        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task A_body_can_be_sent_again_by_a_handler_of_the_applications_own_and_what_is_wished_goes_along()
    {
        await using var site = await StartAsync(build: static builder =>
            builder.Services.AddHttpClient("twice").AddWixIdentity<AppWixClient>().AddHttpMessageHandler(static () => new Twice()));
        using var http = site.Services.GetRequiredService<IHttpClientFactory>().CreateClient("twice");
        http.DefaultRequestHeaders.Accept.Add(new("application/json"));
        http.DefaultRequestHeaders.UserAgent.ParseAdd("Shop/1.0");

        using var answer =
            await http.PostAsync("/members/v1/members/query", new StringContent("""{"query":{}}""", Encoding.UTF8, "application/json"));

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.NotNull((await answer.Content.ReadFromJsonAsync<JsonObject>())?["members"]);
        Assert.Equal(2, site.Wix.CountOf("POST /members/v1/members/query"));
    }

    [Fact]
    public async Task A_console_program_has_it_too()
    {
        await using var wix = await WixEmulator.StartAsync();
        var services = new ServiceCollection();
        services.AddWixClient(
            options => (options.ClientId, options.ClientSecret, options.InstanceId, options.ApiBaseAddress) =
                (wix.App.ClientId, new(wix.App.ClientSecret), wix.InstanceId, wix.Address));
        services.AddHttpClient<Console>().AddWixIdentity<AppWixClient>();
        await using var provider = services.BuildServiceProvider();

        Assert.Equal(HttpStatusCode.OK, (await provider.GetRequiredService<Console>().Http.GetAsync(Path)).StatusCode);
    }

    [Fact]
    public async Task A_raw_answer_has_headers_and_is_read_as_JSON()
    {
        await using var site = await StartAsync();

        var answer = await site.Services.GetRequiredService<AppWixClient>().FetchWithAuthAsync(HttpMethod.Get, Path);

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal("application/json", answer.ContentHeaders.ContentType?.MediaType);
        Assert.True(answer.Headers.Contains("X-Wix-Request-Id"));
        Assert.NotNull(answer.ReadFromJson<JsonObject>()?["properties"]);
        Assert.NotNull(answer.ReadFromJson(Modules.MessageContext.Default.JsonObject)?["properties"]);
        Assert.DoesNotContain("eader", System.Text.Json.JsonSerializer.Serialize(answer), StringComparison.Ordinal);
    }

    private static Task<WixSite> StartAsync(Action<WebApplication>? map = null, Action<WebApplicationBuilder>? build = null) =>
        WixSite.StartAsync(map, build: builder =>
    {
        builder.Services.AddHttpClient("caller").AddWixIdentity<WixClient>();
        builder.Services.AddHttpClient("elevated").AddWixIdentity<ElevatedWixClient>();
        builder.Services.AddHttpClient("app").AddWixIdentity<AppWixClient>();
        builder.Services.AddHttpClient("admin").AddWixIdentity<AdminWixClient>();
        build?.Invoke(builder);
    });

    private sealed class Console(HttpClient http)
    {
        public HttpClient Http { get; } = http;
    }

    private sealed class Watching : DelegatingHandler
    {
        public List<bool> Authorized { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            Authorized.Add(request.Headers.Contains("Authorization"));
            return answer;
        }
    }

    private sealed class Twice : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (await base.SendAsync(request, cancellationToken)).Dispose();
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
