using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using System.Threading.RateLimiting;
using Endpoints.Tests.Hosting;
using Endpoints.Wix.Tests.Surfaces;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Endpoints.Tests.RateLimiting;

public sealed class EndpointLimitTests
{
    public static TheoryData<string> Surfaces =>
        new("file", "folder", "group of files", "minimal", "minimal attribute", "group", "controller", "named", "page",
            "mapped pages");

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task S20_Every_kind_of_endpoint_has_one_limit_for_its_route_whatever_is_sent(string surface)
    {
        await using var site = await StartAsync(surface);
        string[] paths = ["/items/1", "/items/2", "/items/%33", "/items/4?x=1"];
        foreach (var path in paths)
            Assert.Equal(HttpStatusCode.OK, (await site.SendAsync("GET", path)).StatusCode);

        foreach (var path in paths.Append("/items/9"))
        {
            var answer = await site.SendAsync("GET", path);
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.Equal("60", answer.Headers.GetValues("Retry-After").Single());
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal("urn:endpoints:problem:rate-limited", problem.GetProperty("type").GetString());
            Assert.Equal(429, problem.GetProperty("status").GetInt32());
        }

        Assert.NotEqual(HttpStatusCode.OK, (await site.SendAsync("GET", "/ITEMS/1")).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await site.SendAsync("GET", "/items/1/")).StatusCode);
        Clock(site).Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await site.SendAsync("GET", "/items/1")).StatusCode);
    }

    [Fact]
    public async Task S15_No_header_changes_the_address_unless_the_proxy_is_known()
    {
        await using var site = await StartAsync("minimal");
        var passed = 0;
        for (var i = 0; i < 1000; i++)
        {
            var answer = await site.SendAsync(
                "GET", "/items/1", ("X-Forwarded-For", $"10.0.{i / 250}.{i % 250}"), ("X-Real-IP", $"10.1.0.{i % 250}"),
                ("Forwarded", $"for=10.2.0.{i % 250}"), ("CF-Connecting-IP", "not an address"));
            passed += answer.StatusCode == HttpStatusCode.OK ? 1 : 0;
        }

        Assert.Equal(4, passed);
    }

    [Fact]
    public async Task S15_Behind_a_known_proxy_the_rightmost_address_that_is_no_proxys_counts()
    {
        await using var site = await StartAsync("minimal", pipeline: static app =>
        {
            var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
            forwarded.KnownProxies.Add(IPAddress.Loopback);
            app.UseForwardedHeaders(forwarded);
        });
        foreach (var (made, status) in new[] { ("a", 200), ("b", 200), ("c", 200), ("d", 200), ("e", 429) })
            Assert.Equal(status,
                (int)(await site.SendAsync("GET", "/items/1", ("X-Forwarded-For", $"192.0.2.{(int)made[0]}, 198.51.100.7"))).StatusCode);
        Assert.Equal(200, (int)(await site.SendAsync("GET", "/items/1", ("X-Forwarded-For", "198.51.100.8"))).StatusCode);
        Assert.NotEqual(500, (int)(await site.SendAsync("GET", "/items/1", ("X-Forwarded-For", "}{,;;"))).StatusCode);
    }

    [Fact]
    public async Task S16_A_header_names_no_caller()
    {
        await using var site = await StartAsync("caller");
        for (var i = 0; i < 4; i++)
            Assert.Equal(200,
                (int)(await site.SendAsync("GET", "/items/1", ("X-ClientId", $"client-{i}"), ("Authorization", $"Basic {i}"))).StatusCode);
        Assert.Equal(429, (int)(await site.SendAsync("GET", "/items/1", ("X-ClientId", "127.0.0.1"))).StatusCode);
    }

    [Fact]
    public async Task S26_HEAD_counts_as_GET_and_no_spelling_of_a_method_gets_around_it()
    {
        await using var site = await StartAsync("file");
        for (var i = 0; i < 4; i++)
            await site.SendAsync(i % 2 == 0 ? "HEAD" : "GET", "/items/1");
        Assert.Equal(429, (int)(await site.SendAsync("HEAD", "/items/1")).StatusCode);
        Assert.NotEqual(200, (await RawRequest.SendAsync(site.Address, "get", "/items/1")).Status);
        Assert.NotEqual(200, (await RawRequest.SendAsync(site.Address, "TRACE", "/items/1")).Status);
        Assert.Equal(405, (int)(await site.SendAsync("POST", "/items/1", ("X-HTTP-Method-Override", "GET"))).StatusCode);
    }

    [Fact]
    public async Task All_limits_of_an_endpoint_hold_and_the_fields_name_them()
    {
        await using var site =
            await StartAsync("several", static options => (options.HeadersOnAdmitted, options.LegacyHeaders) = (true, true));
        var admitted = await site.SendAsync("GET", "/items/1", ("Origin", "https://other.example"));
        Assert.Equal("\"2/1m\";q=2;w=60, \"3/1h\";q=3;w=3600, \"all\";q=100;w=60", admitted.Headers.GetValues("RateLimit-Policy").Single());
        Assert.Equal("\"2/1m\";r=1;t=60", admitted.Headers.GetValues("RateLimit").Single());
        Assert.Contains("RateLimit", admitted.Headers.GetValues("Access-Control-Expose-Headers").Single(), StringComparison.Ordinal);
        await site.SendAsync("GET", "/items/1");

        var byMinute = await site.SendAsync("GET", "/items/1");
        Assert.Equal(429, (int)byMinute.StatusCode);
        Assert.Equal("\"2/1m\";r=0;t=60", byMinute.Headers.GetValues("RateLimit").Single());
        Assert.Equal("1m", byMinute.Headers.GetValues("X-Rate-Limit-Limit").Single());
        Assert.Equal("0", byMinute.Headers.GetValues("X-Rate-Limit-Remaining").Single());
        Assert.Equal(Clock(site).GetUtcNow().AddMinutes(1).UtcDateTime,
            DateTime.Parse(byMinute.Headers.GetValues("X-Rate-Limit-Reset").Single(), CultureInfo.InvariantCulture,
                DateTimeStyles.RoundtripKind));

        Clock(site).Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (int)(await site.SendAsync("GET", "/items/1")).StatusCode);
        var byHour = await site.SendAsync("GET", "/items/1");
        Assert.Equal(429, (int)byHour.StatusCode);
        Assert.Equal("3540", byHour.Headers.GetValues("Retry-After").Single());
        Assert.Equal("1h", byHour.Headers.GetValues("X-Rate-Limit-Limit").Single());
    }

    [Fact]
    public async Task A_rule_answers_as_it_says_and_hooks_hear_of_both()
    {
        var heard = new List<string>();
        await using var site = await StartAsync("named", options =>
        {
            var rule = options.Rules["items"];
            (rule.Limit, rule.StatusCode, rule.ProblemType, rule.Title, rule.Detail) = (1, 503, "busy", "Come back later.", null);
            options.OnAdmitted = (request, _) => Hear($"admitted {request.Rule} {request.Remaining}");
            options.OnRejected = (request, _) => Hear($"rejected {request.Rule} {request.RetryAfter.TotalSeconds}");
        });
        await site.SendAsync("GET", "/items/1");
        var answer = await site.SendAsync("GET", "/items/1");

        Assert.Equal(503, (int)answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("urn:endpoints:problem:busy", problem.GetProperty("type").GetString());
        Assert.Equal("Come back later.", problem.GetProperty("title").GetString());
        Assert.False(problem.TryGetProperty("detail", out _));
        Assert.Equal(["admitted items 0", "rejected items 60"], heard);

        ValueTask Hear(string what)
        {
            heard.Add(what);
            return default;
        }
    }

    [Fact]
    public async Task A_rule_that_monitors_rejects_nobody_and_says_so()
    {
        await using var site =
            await StartAsync("named", static options => (options.Rules["items"].Limit, options.Rules["items"].MonitorOnly) = (1, true));
        for (var i = 0; i < 3; i++)
            Assert.Equal(200, (int)(await site.SendAsync("GET", "/items/1")).StatusCode);
        Assert.Equal(
            2, site.Log.Records.Count(static record => record.Text.Contains("which is in monitor mode", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_counter_can_be_inspected_and_reset()
    {
        await using var site = await StartAsync("named");
        var limits = site.Services.GetRequiredService<RateLimits>();
        var subject = new RateLimitSubject { Address = IPAddress.Loopback };
        for (var i = 0; i < 5; i++)
            await site.SendAsync("GET", "/items/1");
        Assert.Equal(new RateLimitState(4, TimeSpan.FromMinutes(1)), await limits.InspectAsync("items", subject));

        await limits.ResetAsync("items", subject);

        Assert.Equal(0, (await limits.InspectAsync("items", subject)).Used);
        Assert.Equal(200, (int)(await site.SendAsync("GET", "/items/1")).StatusCode);
        await Assert.ThrowsAsync<ArgumentException>(async () => await limits.InspectAsync("itemz", subject));
    }

    [Theory]
    [InlineData("file", "/items/{id}")]
    [InlineData("minimal", "items/{id}")]
    [InlineData("controller", "/Items/{id}/")]
    public async Task A_counter_of_a_limit_that_is_written_out_can_be_inspected_and_reset(string surface, string route)
    {
        await using var site = await StartAsync(surface);
        var limits = site.Services.GetRequiredService<RateLimits>();
        var subject = new RateLimitSubject { Address = IPAddress.Loopback, Route = route };
        for (var i = 0; i < 5; i++)
            await site.SendAsync("GET", "/items/1");
        Assert.Equal(new RateLimitState(4, TimeSpan.FromMinutes(1)), await limits.InspectAsync("4/60s", subject));
        Assert.Equal(0, (await limits.InspectAsync("4/1m", subject with { Address = IPAddress.IPv6Loopback })).Used);

        await limits.ResetAsync("4/1m", subject);

        Assert.Equal(0, (await limits.InspectAsync("4/1m", subject)).Used);
        Assert.Equal(200, (int)(await site.SendAsync("GET", "/items/1")).StatusCode);
        foreach (var (limit, other) in new[] { ("4/1h", route), ("4/1m", "/others/{id}"), ("4/1x", route) })
            await Assert.ThrowsAsync<ArgumentException>(async () => await limits.ResetAsync(limit, subject with { Route = other }));
    }

    [Fact]
    public async Task A_function_of_the_request_a_cost_and_exemptions_are_respected()
    {
        await using var site = await StartAsync("named", static options =>
        {
            var rule = options.Rules["items"];
            rule.Key = static context => context.Request.Query["tenant"];
            rule.CostOf = static context => context.Request.Query.ContainsKey("heavy") ? 3 : 1;
            rule.Exempts = static context => context.Request.Query.ContainsKey("free");
        });
        foreach (var (query, status) in new[] { ("tenant=a&heavy", 200), ("tenant=a&heavy", 429), ("tenant=a", 200), ("tenant=a", 429),
            ("tenant=b", 200), ("", 200), ("tenant=a&free", 200) })
            Assert.Equal(status, (int)(await site.SendAsync("GET", $"/items/1?{query}")).StatusCode);
    }

    [Fact]
    public async Task Any_limiter_of_the_framework_can_stand_behind_a_rule_and_its_middleware_beside_it()
    {
        using var limiter = PartitionedRateLimiter.Create<HttpContext, string>(static _ => RateLimitPartition.GetFixedWindowLimiter(
            "all", static _ => new FixedWindowRateLimiterOptions { PermitLimit = 2, Window = TimeSpan.FromMinutes(5) }));
        await using var site = await StartAsync(
            "named",
            options => options.Rules["items"].Limiter = limiter,
            builder => builder.Services.AddRateLimiter(
                static options => options.AddPolicy("frameworks", static _ => RateLimitPartition.GetConcurrencyLimiter(
                "one", static _ => new ConcurrencyLimiterOptions { PermitLimit = 1 }))),
            static app =>
            {
                app.UseRouting();
                app.UseRateLimiter();
                app.MapGet("/framework", static () => "ok").RequireRateLimiting("frameworks").RateLimit("1/1m");
            });
        Assert.Equal((int[])[200, 200, 429], (int[])[await Status("/items/1"), await Status("/items/1"), await Status("/items/1")]);
        Assert.Equal((int[])[200, 429], (int[])[await Status("/framework"), await Status("/framework")]);

        async Task<int> Status(string path) => (int)(await site.SendAsync("GET", path)).StatusCode;
    }

    [Fact]
    public async Task Requests_at_the_same_time_are_counted_until_they_end()
    {
        var entered = new SemaphoreSlim(0);
        var leave = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var site =
            await StartAsync(
                "none", static options => options.AddRule("few", "2/1m", static rule => rule.Algorithm = RateLimitAlgorithm.Concurrency),
                pipeline: app =>
            app.MapGet("/slow", async () =>
            {
                entered.Release();
                await leave.Task;
                return "ok";
            }).RateLimit("few"));
        var (first, second) = (site.SendAsync("GET", "/slow"), site.SendAsync("GET", "/slow"));
        await entered.WaitAsync();
        await entered.WaitAsync();
        var third = await site.SendAsync("GET", "/slow");
        Assert.Equal(429, (int)third.StatusCode);
        Assert.Equal("\"few\";q=2;qu=\"concurrent-requests\"", third.Headers.GetValues("RateLimit-Policy").Single());

        leave.SetResult();
        Assert.Equal((int[])[200, 200], (int[])[(int)(await first).StatusCode, (int)(await second).StatusCode]);
        for (var tries = 0; ; tries++)
        {
            if ((int)(await site.SendAsync("GET", "/slow")).StatusCode == 200)
                break;
            Assert.True(tries < 100, "the places don't come back");
            await Task.Delay(20);
        }
    }

    [Theory]
    [InlineData("itemz", "there is no rule 'itemz'")]
    [InlineData("30/1x", "'30/1x' is not a rate limit: the period ends with 's', 'm', 'h' or 'd'")]
    [InlineData("30/1m,", "there is no rule ''")]
    public async Task A_wrong_limit_stops_the_start(string limits, string message)
    {
        foreach (var surface in (string[])["minimal", "minimal attribute"])
        {
            var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => Site.StartAsync(
                static builder => builder.Services.AddRateLimits(),
                app => _ = surface == "minimal" ? app.MapGet("/x", static () => "").RateLimit(limits) : app.MapGet("/x", static () => "")
                    .WithMetadata(new RateLimitAttribute(limits))));
            Assert.Contains(message, failed.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_the_services_the_start_says_what_to_call()
    {
        await using var site = await Site.StartAsync(static _ => { }, static app => app.MapGet("/x", static () => "").RateLimit("1/1m"));
        var failed = Assert.Throws<InvalidOperationException>(() => site.Services.GetRequiredService<EndpointDataSource>().Endpoints);
        Assert.Contains("AddRateLimits()", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_limit_on_a_page_stops_the_start_too()
    {
        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => Site.StartAsync(
            static builder =>
            {
                builder.Services.AddRateLimits();
                OnlyPages.AddTo(builder, ("/Item", typeof(WrongPage)));
            },
            static app => app.MapRazorPages()));

        Assert.Contains("there is no rule 'unknown'", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_endpoints_shows_what_each_limit_has_left_for_whoever_looks()
    {
        await using var site = await Site.StartAsync(
            static builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(new TestClock()).AddFileRoutes();
                builder.Services.AddRateLimits(static set => set.AddRule("items", "4/1m")
                    .AddRule("caller", "9/1h", static rule => rule.By = RateLimitBy.Caller)
                    .AddRule("fails", "5/1m", static rule => rule.Key = static context => context.Request.Headers["X-Key"][0]!));
            },
            static app =>
            {
                app.MapFileRoutes([Routes.File("/items/[id]", typeof(NamedFile))]);
                app.MapGet("/two", static () => "in").RateLimit("caller, 7/1m");
                app.MapGet("/attribute", [RateLimit("items")] static () => "in");
                app.MapGet("/fails", static () => "in").RateLimit("fails");
            },
            "Development");
        foreach (var path in new[] { "/items/1", "/items/2", "/two", "/attribute" })
            Assert.Equal(HttpStatusCode.OK, (await site.SendAsync("GET", path)).StatusCode);

        for (var looks = 0; looks < 3; looks++)
        {
            var answer = await site.SendAsync("GET", "/_endpoints", ("Accept", "application/json"));
            var list = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("endpoints").EnumerateArray();
            Assert.Equal(
                [
                    "/items/{id}: 1. items: 4 per 60 s, by address: 1 of 4 in 60 s",
                    "/two: 1. 7/1m, by address: 6 of 7 in 60 s",
                    "/two: 2. caller: 9 per 3600 s, by caller: 8 of 9 in 3600 s",
                    "/attribute: 1. items: 4 per 60 s, by address: 1 of 4 in 60 s",
                    "/fails: 1. fails: 5 per 60 s, by address and a key: unknown",
                ],
                from endpoint in list
                from limit in endpoint.GetProperty("limits").EnumerateArray()
                where limit.GetProperty("name").GetString() == "Rate"
                let status = limit.GetProperty("status")
                select $"{endpoint.GetProperty("route").GetString()}: {limit.GetProperty("value").GetString()}: "
                    + (status.ValueKind == JsonValueKind.Null ? "unknown" : $"{status.GetProperty("remaining").GetInt64()} of "
                        + $"{status.GetProperty("limit").GetInt64()} in {status.GetProperty("resetSeconds").GetInt64()} s"));
        }

        Assert.Contains("<small>for you: 1 of 4 left, all of them in 60 s</small>",
            await (await site.SendAsync("GET", "/_endpoints", ("Accept", "text/html"))).Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("folder")]
    [InlineData("group of files")]
    [InlineData("minimal")]
    [InlineData("minimal attribute")]
    [InlineData("group")]
    [InlineData("caller")]
    [InlineData("controller")]
    [InlineData("page")]
    [InlineData("mapped pages")]
    public async Task The_list_shows_the_state_of_limits_that_are_written_out(string surface)
    {
        // The list comes with endpoint files.
        await using var site = await StartAsync(
            surface, pipeline: static app => app.MapFileRoutes([Routes.File("/other", typeof(PlainFile))]), environment: "Development");
        for (var left = 3; left >= 0; left--)
        {
            Assert.Equal(HttpStatusCode.OK, (await site.SendAsync("GET", "/items/1")).StatusCode);
            var answer = await site.SendAsync("GET", "/_endpoints", ("Accept", "application/json"));
            var status = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("endpoints").EnumerateArray()
                .Single(static endpoint => endpoint.GetProperty("route").GetString() == "/items/{id}").GetProperty("limits")
                .EnumerateArray().Single(static limit => limit.GetProperty("name").GetString() == "Rate").GetProperty("status");
            Assert.Equal((4, left), (status.GetProperty("limit").GetInt64(), status.GetProperty("remaining").GetInt64()));
        }
    }

    [Fact]
    public async Task S20_A_limit_has_the_same_counter_on_every_node_whatever_is_asked_first()
    {
        string[] requests = ["GET /attributes", "POST /attributes", "GET /calls", "POST /calls", "GET /group", "POST /group", "GET /class",
            "POST /class", "GET /methods", "POST /methods", "GET /items/1", "POST /items/1", "PUT /items/1", "GET /equal", "GET /Old/One",
            "GET /Old/Two"];
        var nodes = new[] { new RecordingStore(), new RecordingStore(), new RecordingStore() };
        for (var i = 0; i < nodes.Length; i++)
        {
            await using var site = await StartAsync(
                "", services: builder =>
                {
                    builder.Services.AddSingleton<IRateLimitStore>(nodes[i]);
                    builder.Services.AddControllers().ConfigureApplicationPartManager(static parts =>
                    {
                        parts.FeatureProviders.Clear();
                        parts.FeatureProviders.Add(new OnlyTwo());
                    });
                },
                pipeline: static app =>
                {
                    app.MapGet("/attributes", [RateLimit("4/1m")] static () => "in");
                    app.MapPost("/attributes", [RateLimit("4/1m")] static () => "in");
                    app.MapGet("/calls", static () => "in").RateLimit("4/1m");
                    app.MapPost("/calls", static () => "in").RateLimit("4/1m");
                    var group = app.MapGroup("/group").RateLimit("4/1m");
                    group.MapGet("", static () => "in");
                    group.MapPost("", static () => "in");
                    app.MapGet("/equal", static () => "in").RateLimit("4/1m").RateLimit("4/1m", cost: 2);
                    app.MapFileRoutes([Routes.File("/class", typeof(ClassFile)), Routes.File("/methods", typeof(MethodsFile))]);
                    app.MapControllers();
                    app.MapControllerRoute("old", "{controller}/{action}");
                });
            foreach (var request in i switch { 0 => requests, 1 => requests.Reverse(), _ => requests.Skip(5).Concat(requests.Take(5)) })
            {
                nodes[i].Begin(request);
                var parts = request.Split(' ');
                Assert.Equal((request, HttpStatusCode.OK), (request, (await site.SendAsync(parts[0], parts[1])).StatusCode));
            }
        }

        foreach (var node in nodes[1..])
            Assert.Equal(nodes[0].Counters.OrderBy(static one => one.Key), node.Counters.OrderBy(static one => one.Key));
        var counters = nodes[0].Counters;
        Assert.NotEqual(counters["GET /attributes"], counters["POST /attributes"]);
        Assert.NotEqual(counters["GET /calls"], counters["POST /calls"]);
        Assert.Equal(counters["GET /group"], counters["POST /group"]);
        Assert.Equal(counters["GET /class"], counters["POST /class"]);
        Assert.NotEqual(counters["GET /methods"], counters["POST /methods"]);
        Assert.Equal(counters["GET /items/1"], counters["POST /items/1"]);
        Assert.NotEqual(counters["GET /items/1"], counters["PUT /items/1"]);
        Assert.Equal(2, counters["GET /equal"].Split('\n').Distinct().Count());
        Assert.NotEqual(counters["GET /Old/One"], counters["GET /Old/Two"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fields_of_limits_stay_readable_beside_a_CORS_policy_with_exposed_headers_of_its_own(bool corsFirst)
    {
        await using var site = await Site.StartAsync(
            builder =>
            {
                if (corsFirst)
                    builder.Services.AddCors();
                builder.Services.AddRateLimits(static options => options.HeadersOnAdmitted = true);
                builder.Services.AddCors();
            },
            static app =>
            {
                app.UseCors(static policy => policy.WithOrigins("https://shop.example").WithExposedHeaders("X-Own"));
                app.MapGet("/", static () => "in").RateLimit("1/1m");
            });

        var admitted = await site.SendAsync("GET", "/", ("Origin", "https://shop.example"));
        var rejected = await site.SendAsync("GET", "/", ("Origin", "https://shop.example"));
        var other = await site.SendAsync("GET", "/", ("Origin", "https://evil.example"));

        Assert.Equal("X-Own,Retry-After,RateLimit,RateLimit-Policy", admitted.Headers.GetValues("Access-Control-Expose-Headers").Single());
        Assert.Equal((HttpStatusCode.TooManyRequests, "X-Own,Retry-After,RateLimit,RateLimit-Policy"),
            (rejected.StatusCode, rejected.Headers.GetValues("Access-Control-Expose-Headers").Single()));
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static TestClock Clock(Site site) => (TestClock)site.Services.GetRequiredService<TimeProvider>();

    private static Task<Site> StartAsync(
        string surface, Action<RateLimitOptions>? options = null, Action<WebApplicationBuilder>? services = null,
        Action<WebApplication>? pipeline = null, string environment = "Production") => Site.StartAsync(
        builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(new TestClock());
            builder.Services.AddFileRoutes();
            builder.Services.AddRateLimits(set =>
            {
                set.AddRule("items", "4/1m");
                set.AddRule("all", "100/1m", static rule => rule.By = RateLimitBy.Everybody);
                options?.Invoke(set);
            });
            services?.Invoke(builder);
            if (surface is "page" or "mapped pages")
            {
                OnlyPages.AddTo(builder, ("/Item", surface == "page" ? typeof(LimitedPage) : typeof(PlainPage)))
                    .AddRazorPagesOptions(static options => options.Conventions.AddPageRoute("/Item", "/items/{id}"));
            }

            if (surface == "controller")
            {
                builder.Services.AddControllers().ConfigureApplicationPartManager(static parts =>
                {
                    parts.FeatureProviders.Clear();
                    parts.FeatureProviders.Add(new OnlyItems());
                });
            }
        },
        app =>
        {
            pipeline?.Invoke(app);
            switch (surface)
            {
                case "file":
                    app.MapFileRoutes([Routes.File("/items/[id]", typeof(LimitedFile))]);
                    break;
                case "folder":
                    app.MapFileRoutes([Routes.File("/items/[id]", typeof(PlainFile), typeof(LimitedFolder))]);
                    break;
                case "group of files":
                    app.MapGroup("").RateLimit("4/1m").MapFileRoutes([Routes.File("/items/[id]", typeof(PlainFile))]);
                    break;
                case "minimal":
                    app.MapGet("/items/{id}", static (string id) => id).RateLimit("4/1m");
                    break;
                case "minimal attribute":
                    app.MapGet("/items/{id}", [RateLimit("4/1m")] static (string id) => id);
                    break;
                case "group":
                    app.MapGroup("/items").RateLimit("4/1m").MapGet("/{id}", static (string id) => id);
                    break;
                case "caller":
                    app.MapGet("/items/{id}", static (string id) => id).RateLimit("4/1m", RateLimitBy.Caller);
                    break;
                case "several":
                    app.MapGet("/items/{id}", static (string id) => id).RateLimit("2/1m, 3/1h").RateLimit("all");
                    break;
                case "controller":
                    app.MapControllers();
                    break;
                case "page":
                    app.MapRazorPages();
                    break;
                case "mapped pages":
                    app.MapRazorPages().RateLimit("4/1m");
                    break;
                case "named":
                    app.MapGet("/items/{id}", static (string id) => id).RateLimit("items");
                    break;
                default:
                    break;
            }
        },
        environment);

    private sealed class OnlyItems : IApplicationFeatureProvider<ControllerFeature>
    {
        public void PopulateFeature(IEnumerable<ApplicationPart> parts, ControllerFeature feature) =>
            feature.Controllers.Add(typeof(ItemsController).GetTypeInfo());
    }

    private sealed class OnlyTwo : IApplicationFeatureProvider<ControllerFeature>
    {
        public void PopulateFeature(IEnumerable<ApplicationPart> parts, ControllerFeature feature)
        {
            feature.Controllers.Add(typeof(TwoController).GetTypeInfo());
            feature.Controllers.Add(typeof(OldController).GetTypeInfo());
        }
    }

    /// <summary>Admits everything, and remembers by which counters.</summary>
    private sealed class RecordingStore : IRateLimitStore
    {
        private string _request = "";

        public Dictionary<string, string> Counters { get; } = [];

        public void Begin(string request) => _request = request;

        public ValueTask<RateLimitVerdict> DecideAsync(ReadOnlyMemory<RateLimitCounter> counters, CancellationToken cancellationToken)
        {
            var names = new List<string>();
            foreach (var counter in counters.Span)
                names.Add(counter.Key.ToString());
            Counters[_request] = string.Join('\n', names);
            return new(new RateLimitVerdict(true, 0, 1, TimeSpan.Zero, TimeSpan.Zero));
        }

        public ValueTask<RateLimitState> InspectAsync(RateLimitCounter counter, CancellationToken cancellationToken) => default;

        public ValueTask ResetAsync(RateLimitCounter counter, CancellationToken cancellationToken) => default;
    }

    [RateLimit("4/1m")]
    public static class ClassFile
    {
        public static string Get() => "in";

        public static string Post() => "in";
    }

    public static class MethodsFile
    {
        [RateLimit("4/1m")]
        public static string Get() => "in";

        [RateLimit("4/1m")]
        public static string Post() => "in";
    }

    [Route("items/{id}")]
    [RateLimit("4/1m")]
    public sealed class TwoController : ControllerBase
    {
        [HttpGet]
        public string Get(string id) => $"{Request.Method} {id}";

        [HttpPost]
        public string Post(string id) => $"{Request.Method} {id}";

        [HttpPut, RateLimit("5/1m")]
        public string Put(string id) => $"{Request.Method} {id}";
    }

    public sealed class OldController : Controller
    {
        [RateLimit("4/1m")]
        public IActionResult One() => Ok("in");

        [RateLimit("4/1m")]
        public IActionResult Two() => Ok("in");
    }

    [RateLimit("4/1m")]
    public static class LimitedFile
    {
        public static string Get(string id) => id;
    }

    [RateLimit("items")]
    public static class NamedFile
    {
        public static string Get(string id) => id;
    }

    public static class PlainFile
    {
        public static string Get(string id) => id;
    }

    [RateLimit("4/1m")]
    public abstract class LimitedFolder;

    [RateLimit("4/1m")]
    public sealed class LimitedPage : PageModel;

    public sealed class PlainPage : PageModel;

    [RateLimit("unknown")]
    public sealed class WrongPage : PageModel;

    [Route("items/{id}")]
    [RateLimit("4/1m")]
    public sealed class ItemsController : ControllerBase
    {
        [HttpGet]
        public string Get(string id) => $"{Request.Method} {id}";
    }
}
