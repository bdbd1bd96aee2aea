using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Endpoints.Tests.Processes;
using Endpoints.Wix.Elevation;
using Endpoints.Wix.ServiceCallers;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Tests.Identification;

/// <summary>A scheduler or another service with a key of its own: what the key opens, and who can't use it.</summary>
public sealed partial class ServiceCallerTests
{
    private static readonly string Key = ServiceKeyText.Create();
    private static readonly string Other = ServiceKeyText.Create();
    private static readonly string[] Names = ["nightly-sync", "reader", "nobody", "everything"];

    [Fact]
    public async Task A_service_is_a_caller_and_its_key_stays_here()
    {
        await using var site = await StartAsync();

        var answer = await site.SendAsync("POST", "/jobs/sync", "Bearer " + Key);

        Assert.Equal((HttpStatusCode.OK, "Service nightly-sync, as " + site.Wix.InstanceId), (answer.Status, answer.Body));
        Assert.Equal(0, site.Wix.CountOf(WixSite.TokenInfo));
        Assert.All(site.Wix.Calls, static call =>
            Assert.DoesNotContain(Key, call.Body + call.RawTarget + string.Concat(call.Headers.Values), StringComparison.Ordinal));
        Assert.DoesNotContain(site.Logs.Lines, static line => line.Contains(Key, StringComparison.Ordinal));
        Assert.Contains(site.Logs.Of("ElevationAudit"),
            static line => line.Contains("for Service nightly-sync as instance", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("upper")]
    [InlineData("lower")]
    [InlineData("EPS_")]
    [InlineData("shorter")]
    [InlineData("longer")]
    [InlineData("prefix of another")]
    [InlineData("twice")]
    [InlineData("padded")]
    [InlineData("hash")]
    [InlineData("hash as key")]
    public async Task S47_What_is_no_key_is_401_and_never_shown_to_Wix(string kind)
    {
        await using var site = await StartAsync();
        var hash = ServiceKeyText.HashText(Key)["sha256:".Length..];
        var text = kind switch
        {
            "unknown" => ServiceKeyText.Create(),
            "upper" => Key.ToUpperInvariant(),
            "lower" => Key.ToLowerInvariant(),
            "EPS_" => "EPS_" + Key[4..],
            "shorter" => Key[..^1],
            "longer" => Key + "A",
            "prefix of another" => Key[..30] + Other[30..],
            "twice" => Key + Key,
            "padded" => Key + "=",
            "hash" => "eps_" + hash,
            _ => "eps_sha256:" + hash,
        };

        foreach (var header in new[] { "Bearer " + text, text, "bearer   " + text })
        {
            var answer = await site.SendAsync("POST", "/jobs/sync", header);
            Assert.Equal((HttpStatusCode.Unauthorized, "token-not-accepted"), (answer.Status, answer.Problem));
            Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/who", header)).Status);
        }

        Assert.Empty(site.Wix.Calls);
        Assert.DoesNotContain(site.Logs.Lines, line => line.Contains(text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("X-Api-Key")]
    [InlineData("Cookie")]
    [InlineData("Proxy-Authorization")]
    [InlineData("Basic")]
    [InlineData("query")]
    [InlineData("query in a value")]
    [InlineData("body")]
    public async Task S47_A_key_anywhere_else_is_none(string place)
    {
        await using var site = await StartAsync();
        using var body = place == "body" ? new StringContent("key=" + Key, Encoding.ASCII, "application/x-www-form-urlencoded") : null;
        (string, string)[] headers = place switch
        {
            "X-Api-Key" or "Proxy-Authorization" => [(place, Key)],
            "Cookie" => [("Cookie", "key=" + Key + "; Authorization=Bearer " + Key)],
            _ => [],
        };
        var path = place switch { "query" => "/jobs/sync?access_token=" + Key, "query in a value" => "/jobs/sync?a=eps_b&x=1" + Key,
            _ => "/jobs/sync" };
        var token = place == "Basic" ? "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("nightly-sync:" + Key)) : null;

        // A password is sent by browsers themselves: whoever has one must come from the site's own page.
        Assert.Equal(place == "Basic" ? HttpStatusCode.Forbidden : HttpStatusCode.Unauthorized,
            (await site.SendAsync("POST", path, token, content: body, headers: headers)).Status);
        Assert.Equal(0, site.Wix.CountOf(WixSite.GetSiteProperties));
        var isQuery = place.StartsWith("query", StringComparison.Ordinal);
        // also where anybody may call: what is in a URL is in logs
        Assert.Equal(isQuery ? HttpStatusCode.Unauthorized : HttpStatusCode.OK,
            (await site.SendAsync("POST", "/open" + (isQuery ? path[10..] : ""), headers: headers)).Status);
        Assert.Equal(isQuery,
            site.Logs.Of("CallerIdentifier").Any(static line => line.Contains("was sent in a URL", StringComparison.Ordinal)));
        Assert.DoesNotContain(site.Logs.Of("CallerIdentifier"), static line => line.Contains(Key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Origin", "http://localhost")]
    [InlineData("Origin", "https://evil.example")]
    public async Task S47_A_key_in_a_browser_opens_nothing(string header, string value)
    {
        await using var site = await StartAsync();

        var answer = await site.SendAsync("POST", "/jobs/sync", "Bearer " + Key, headers: (header, value));

        Assert.Equal((HttpStatusCode.Unauthorized, "token-not-accepted"), (answer.Status, answer.Problem));
        Assert.Contains(site.Logs.Of("CallerIdentifier"),
            static line => line.Contains("nightly-sync was sent by a browser", StringComparison.Ordinal));
        Assert.Equal(0, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    /// <summary>The scope of nightly-sync is <c>POST /jobs/*</c> and the endpoint "report"; reader's is <c>GET /Files/*/meta</c>.</summary>
    [Theory]
    [InlineData("nightly-sync", "POST", "/jobs/sync", 200)]
    [InlineData("nightly-sync", "POST", "/JOBS/Sync", 200)]
    [InlineData("nightly-sync", "POST", "/jobs/sync/", 200)]
    [InlineData("nightly-sync", "POST", "/jobs/a/b/c", 200)]
    [InlineData("nightly-sync", "GET", "/jobs/sync", 403)]
    [InlineData("nightly-sync", "GET", "/reports", 200)]
    [InlineData("nightly-sync", "GET", "/files/1/meta", 403)]
    [InlineData("nightly-sync", "POST", "/open", 403)]
    [InlineData("nightly-sync", "POST", "/open?/jobs/sync", 403)]
    [InlineData("nightly-sync", "POST", "/open/..%2Fjobs%2Fsync", 404)]
    [InlineData("nightly-sync", "GET", "/", 403)]
    [InlineData("reader", "GET", "/files/1/meta", 200)]
    [InlineData("reader", "HEAD", "/files/1/meta", 200)]
    [InlineData("reader", "GET", "/files/1", 403)]
    [InlineData("reader", "POST", "/files/1/meta", 403)]
    [InlineData("reader", "POST", "/jobs/sync", 403)]
    [InlineData("reader", "GET", "/files/meta/literal", 403)]
    [InlineData("nobody", "POST", "/jobs/sync", 403)]
    [InlineData("everything", "GET", "/", 200)]
    [InlineData("everything", "POST", "/jobs/sync", 200)]
    [InlineData("everything", "GET", "/members", 403)]
    public async Task S47_A_service_calls_the_endpoints_of_its_scope(string service, string method, string path, int status)
    {
        var keys = Names.ToDictionary(static name => name, static _ => ServiceKeyText.Create());
        await using var site = await StartAsync(options =>
        {
            options.Services.Clear();
            options.Services.Add("nightly-sync", TestServices.Service(keys["nightly-sync"], "POST /jobs/*", "report"));
            options.Services.Add("reader", TestServices.Service(keys["reader"], "GET /Files/*/meta"));
            options.Services.Add("nobody", TestServices.Service(keys["nobody"]));
            options.Services.Add("everything", TestServices.Service(keys["everything"], "* /*"));
        });

        var answer = await site.SendAsync(method, path, "Bearer " + keys[service]);

        Assert.Equal(status, (int)answer.Status);
        if (status == 403)
            Assert.Equal("caller-not-allowed", answer.Problem);
    }

    [Fact]
    public async Task S47_The_scope_holds_on_endpoints_without_guards_too()
    {
        await using var site = await StartAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync("/who", "Bearer " + Key)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync("/staff", "Bearer " + Key)).Status);
        Assert.Equal("Service importer", (await site.GetAsync("/who", "Bearer " + Other)).Body);
        Assert.Equal("importer", (await site.GetAsync("/staff", "Bearer " + Other)).Body);
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/staff")).Status);
        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task S47_Two_keys_overlap_and_each_ends_at_its_time()
    {
        var next = ServiceKeyText.Create();
        await using var site = await StartAsync(static _ => { });
        var clock = site.Clock;
        await using var rotating = await StartAsync(options =>
        {
            options.Services["nightly-sync"].Keys[0].ExpiresAt = clock.GetUtcNow().AddDays(1);
            options.Services["nightly-sync"].Keys.Add(new() { Hash = ServiceKeyText.HashText(next) });
        }, clock);

        foreach (var key in new[] { Key, next })
            Assert.Equal(HttpStatusCode.OK, (await rotating.SendAsync("POST", "/jobs/sync", "Bearer " + key)).Status);
        clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await rotating.SendAsync("POST", "/jobs/sync", "Bearer " + Key)).Status);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await rotating.SendAsync("POST", "/jobs/sync", "Bearer " + Key)).Status);
        Assert.Equal(HttpStatusCode.OK, (await rotating.SendAsync("POST", "/jobs/sync", "Bearer " + next)).Status);
    }

    [Fact]
    public async Task S47_A_key_that_is_removed_ends_at_once_even_in_a_handler()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Wix:Services:late:Keys:0:Hash"] = ServiceKeyText.HashText(Other),
            ["Wix:Services:late:Endpoints:0"] = "POST /late",
        }).Build();
        var (began, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var site = await WixSite.StartAsync(app => app.MapPost("/late", async (ElevatedWixClient wix) =>
        {
            await wix.SiteProperties.GetSitePropertiesAsync();
            began.SetResult();
            await goOn.Task;
            await wix.SiteProperties.GetSitePropertiesAsync();
        }).Elevate(Callers.Service), build: builder => builder.Services.AddWix(configuration));

        var running = site.SendAsync("POST", "/late", "Bearer " + Other);
        await began.Task;
        configuration["Wix:Services:late:Keys:0:Hash"] = ServiceKeyText.HashText(Key);
        configuration.Reload();
        goOn.SetResult();

        Assert.Equal(HttpStatusCode.Unauthorized, (await running).Status);
        Assert.Equal(1, site.Wix.CountOf(WixSite.GetSiteProperties));
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.SendAsync("POST", "/late", "Bearer " + Other)).Status);
    }

    [Fact]
    public async Task A_services_limit_is_one_for_its_keys_and_addresses()
    {
        var next = ServiceKeyText.Create();
        await using var site = await StartAsync(options =>
            options.Services["nightly-sync"].Keys.Add(new() { Hash = ServiceKeyText.HashText(next) }));

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            answers.Add((await site.SendAsync("POST", "/limited", "Bearer " + (i == 0 ? Key : next),
                headers: ("X-Address", $"198.51.100.{i}"))).Status);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], answers);
        Assert.Equal(HttpStatusCode.OK,
            (await site.SendAsync("POST", "/limited", "Bearer " + Other, headers: ("X-Address", "198.51.100.9"))).Status);
    }

    [Fact]
    public async Task S47_Guesses_cost_no_call_and_are_limited_by_address()
    {
        await using var site = await StartAsync();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 50; i++)
            statuses.Add((await site.SendAsync("POST", "/limited", "Bearer " + ServiceKeyText.Create())).Status);

        Assert.Equal(2, statuses.Count(static status => status == HttpStatusCode.Unauthorized));
        Assert.Equal(48, statuses.Count(static status => status == HttpStatusCode.TooManyRequests));
        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task A_service_is_nobody_at_Wix()
    {
        await using var site = await StartAsync();

        var failure = await Record.ExceptionAsync(() => site.SendAsync("POST", "/jobs/as-caller", "Bearer " + Key));

        Assert.Contains("Wix doesn't know", Assert.IsType<InvalidOperationException>(failure).Message, StringComparison.Ordinal);
        Assert.Empty(site.Wix.Calls); // and no visitor has begun
    }

    [Theory]
    [InlineData("jwt")]
    [InlineData("default jwt")]
    [InlineData("identity")]
    public async Task S72_Beside_an_applications_own_bearer_scheme_each_token_stays_with_its_owner(string scheme)
    {
        await using var site = await StartAsync(build: builder =>
        {
            var authentication = scheme == "default jwt"
                ? builder.Services.AddAuthentication("Bearer") : builder.Services.AddAuthentication();
            _ = scheme == "identity" ? authentication.AddBearerToken("Identity.Bearer") : authentication.AddJwtBearer("Bearer");
        });

        Assert.Equal(HttpStatusCode.OK, (await site.SendAsync("POST", "/jobs/sync", "Bearer " + Key)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.SendAsync("POST", "/jobs/sync", "Bearer " + ServiceKeyText.Create())).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.SendAsync("POST", "/open", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.c2ln")).Status);
        Assert.Equal(0, site.Wix.CountOf(WixSite.TokenInfo));
    }

    [Theory]
    [InlineData("Services:a b:Endpoints:0", "POST /x", "Wix:Services has a name")]
    [InlineData("Services:a:Keys:0:Hash", "sha256:00", "Wix:Services:a:Keys:0:Hash is not the hash of a key")]
    [InlineData("Services:a:Keys:0:Hash", "eps_secret", "Wix:Services:a:Keys:0:Hash is a key, and the configuration takes its hash")]
    [InlineData("Services:a:Keys:0:ExpiresAt", "2030-01-01", "Wix:Services:a:Keys:0:Hash is not the hash of a key")]
    [InlineData("Services:a:Endpoints:0", "post /x", "'post /x' names no endpoint: the method takes capital letters")]
    [InlineData("Services:a:Endpoints:0", "POST x/y", "the path begins with '/'")]
    [InlineData("Services:a:Endpoints:0", "POST /jobs*", "a '*' stands for a whole segment")]
    [InlineData("Services:a:Endpoints:0", "", "an entry is empty")]
    public async Task A_setting_that_is_wrong_stops_the_start(string name, string value, string message)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Wix:" + name] = value }).Build();

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => WixSite.StartAsync(build: builder => builder.Services.AddWix(configuration)));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("eps_secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_two_services_or_a_third_key_stops_the_start()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(static options =>
        {
            options.Services.Add("b", TestServices.Service(Key));
            for (var i = 0; i < 2; i++)
                options.Services["nightly-sync"].Keys.Add(new() { Hash = ServiceKeyText.HashText(ServiceKeyText.Create()) });
        }));

        Assert.Contains("Wix:Services:nightly-sync:Keys has 3 keys", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Wix:Services:b:Keys:0:Hash is also a key of nightly-sync", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_endpoints_names_the_services()
    {
        await using var site = await StartAsync();

        var endpoint = site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Single(static endpoint => endpoint.RoutePattern.RawText == "/jobs/sync"
                && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("POST"));

        Assert.Contains(new EndpointGuard("Services", "nightly-sync (POST /jobs/*)"),
            endpoint.Metadata.GetMetadata<GuardedEndpoint>()!.Describe());
    }

    [Fact]
    public async Task The_command_shows_a_key_once_with_its_hash()
    {
        var folder = Directory.CreateTempSubdirectory("new-key").FullName;
        var targets = Path.Combine(Repository.Root, "src/Endpoints.Wix/build/Endpoints.Wix.targets");
        await File.WriteAllTextAsync(Path.Combine(folder, "site.proj"), $"<Project><Import Project=\"{targets}\" /></Project>");
        Dictionary<string, string?> environment = new() { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_UI_LANGUAGE"] = "en" };

        var output = await Command.RunAsync(folder, environment, "dotnet", "build", "-t:NewServiceKey", "-p:Service=nightly-sync",
            "-flp:logfile=log.txt;verbosity=diagnostic", "-bl:log.binlog");

        var key = Assert.Single(Keys().Matches(output)).Value;
        Assert.True(ServiceKeyText.Is(key));
        Assert.Contains($"\"nightly-sync\": {{ \"Keys\": [ {{ \"Hash\": \"{ServiceKeyText.HashText(key)}\"", output,
            StringComparison.Ordinal);
        Assert.DoesNotContain(key, await File.ReadAllTextAsync(Path.Combine(folder, "log.txt")), StringComparison.Ordinal);
        await using var site = await StartAsync(options => options.Services["nightly-sync"] = TestServices.Service(key, "POST /jobs/*"));
        Assert.Equal(HttpStatusCode.OK, (await site.SendAsync("POST", "/jobs/sync", "Bearer " + key)).Status);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Keys_are_unlike_each_other_and_no_other_text_is_one()
    {
        var keys = Enumerable.Range(0, 1_000).Select(static _ => ServiceKeyText.Create()).ToList();

        Assert.Equal(1_000, keys.Distinct().Count());
        Assert.Equal(1_000, keys.DistinctBy(static key => key[..12]).Count());
        Assert.All(keys, static key => Assert.True(ServiceKeyText.Is(key)));
        foreach (var key in keys.Take(50))
        {
            for (var place = 4; place < key.Length; place++)
                Assert.False(ServiceKeyText.Is(key[..place] + (key[place] == 'x' ? 'y' : 'x') + key[(place + 1)..]));
        }
    }

    [GeneratedRegex("eps_[A-Za-z0-9_-]+")]
    private static partial Regex Keys();

    private static Task<WixSite> StartAsync(Action<WixOptions>? configure = null, TestClock? clock = null,
        Action<WebApplicationBuilder>? build = null) => WixSite.StartAsync(
        app =>
        {
            app.Use(static (context, next) =>
            {
                context.Connection.RemoteIpAddress =
                    IPAddress.Parse(context.Request.Headers["X-Address"].FirstOrDefault() ?? "192.0.2.1");
                return next(context);
            });
            app.UseAuthentication();
            app.UseAuthorization();
            static async Task<string> Job(Caller caller, ElevatedWixClient wix)
            {
                await wix.SiteProperties.GetSitePropertiesAsync();
                return $"{caller.Kind} {caller.Id}, as {caller.InstanceId ?? "the configured instance"}";
            }

            app.MapPost("/jobs/sync", Job).Elevate(Callers.Service);
            app.MapGet("/jobs/sync", Job).Elevate(Callers.Service);
            app.MapPost("/jobs/{**rest}", static () => "in").Elevate(Callers.Service);
            app.MapPost("/jobs/as-caller", static (WixClient wix) => wix.FetchWithAuthAsync(HttpMethod.Get, "/x")).Elevate(Callers.Service);
            app.MapGet("/reports", static () => "in").WithName("report").Elevate(Callers.Service);
            app.MapMethods("/files/{id}/meta", ["GET", "HEAD", "POST"], static () => "in").Elevate(Callers.Service);
            app.MapGet("/files/{id}", static () => "in").Elevate(Callers.Service);
            app.MapGet("/files/meta/literal", static () => "in").Elevate(Callers.Service);
            app.MapGet("/", static () => "in").Elevate(Callers.Service);
            app.MapGet("/members", static () => "in").Elevate(Callers.Member);
            app.MapPost("/open", static () => "in").Elevate(Callers.Visitor | Callers.Service);
            app.MapPost("/limited", static () => "in").Elevate(Callers.Service, static options => options.RateLimit = "2/1m");
            app.MapGet("/who", static (Caller caller) => $"{caller.Kind} {caller.Id}");
            app.MapGet("/staff", static (HttpContext context) => context.User.Identity!.Name)
                .RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = WixDefaults.AuthenticationScheme });
        },
        options =>
        {
            options.Services.Add("nightly-sync", TestServices.Service(Key, "POST /jobs/*", "POST /limited"));
            options.Services["nightly-sync"].InstanceId = options.InstanceId;
            options.Services.Add("importer", TestServices.Service(Other, "GET /who", "GET /staff", "POST /limited"));
            configure?.Invoke(options);
        },
        build,
        clock: clock);
}
