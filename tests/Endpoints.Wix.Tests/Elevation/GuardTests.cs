using System.Net;
using System.Security.Claims;
using System.Text;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Elevation;

/// <summary>The guards' decisions, their order, and the work that a refusal saves.</summary>
public sealed class GuardTests
{
    public static TheoryData<int> AllCombinations => new(Enumerable.Range(1, 15));

    [Theory]
    [MemberData(nameof(AllCombinations))]
    public async Task S01_Exactly_the_named_callers_get_in(int allowed)
    {
        var handled = 0;
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", async (ElevatedWixClient wix) =>
        {
            handled++;
            await wix.SiteProperties.GetSitePropertiesAsync();
        }).Elevate((Callers)allowed));

        foreach (var (kind, identity) in Identities())
        {
            var before = handled;
            var answer = await site.GetAsync("/", site.Wix.IssueToken(identity));
            var isIn = ((Callers)allowed).HasFlag(kind);
            Assert.Equal(isIn ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.Status);
            Assert.Equal(isIn ? 1 : 0, handled - before);
        }

        var anonymous = await site.GetAsync("/");
        Assert.Equal(((Callers)allowed).HasFlag(Callers.Visitor) ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, anonymous.Status);
        Assert.Equal(handled, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Fact]
    public async Task The_body_of_a_refused_caller_is_not_read()
    {
        WatchedBody? body = null;
        await using var site = await WixSite.StartAsync(app =>
        {
            app.Use((context, next) =>
            {
                context.Request.Body = body = new WatchedBody(context.Request.Body);
                return next();
            });
            app.MapPost("/", (Dictionary<string, string> values) => values.Count).Elevate(Callers.Member);
        });

        foreach (var (kind, identity) in Identities())
        {
            using var content = new StringContent("""{"a":"b"}""", Encoding.UTF8, "application/json");
            var answer = await site.SendAsync("POST", "/", site.Wix.IssueToken(identity), content: content);
            Assert.Equal(kind == Callers.Member ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.Status);
            Assert.Equal(kind == Callers.Member, body!.WasRead);
        }
    }

    [Fact]
    public async Task The_clients_limit_comes_before_any_question_and_says_when_to_come_back()
    {
        await using var site =
            await WixSite.StartAsync(app => app.MapGet("/", () => "in").Elevate(Callers.Member, options => options.RateLimit = "3/1m"));

        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/", $"random-{i}")).Status);
        site.Clock.Advance(TimeSpan.FromSeconds(20));
        var limited = await site.GetAsync("/", "random-3");

        Assert.Equal((HttpStatusCode.TooManyRequests, "rate-limited"), (limited.Status, limited.Problem));
        Assert.Equal("40", limited.Header("Retry-After"));
        Assert.Equal(3, site.Wix.CountOf(WixSite.TokenInfo));

        site.Clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.Member()))).Status);
    }

    [Fact]
    public async Task S15_No_header_changes_whose_limit_it_is()
    {
        await using var site =
            await WixSite.StartAsync(app => app.MapGet("/", () => "in").Elevate(Callers.Visitor, options => options.RateLimit = "1/1m"));
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/")).Status);

        foreach (var name in new[] { "X-Forwarded-For", "X-Real-IP", "Forwarded", "CF-Connecting-IP", "X-ClientId" })
            Assert.Equal(HttpStatusCode.TooManyRequests, (await site.GetAsync("/", headers: (name, "203.0.113.9"))).Status);
    }

    [Fact]
    public async Task A_callers_limit_holds_whatever_address_the_caller_comes_from()
    {
        var address = 0;
        await using var site = await WixSite.StartAsync(app =>
        {
            app.Use((context, next) =>
            {
                context.Connection.RemoteIpAddress = new([10, 0, 0, (byte)++address]);
                return next();
            });
            app.MapGet("/", () => "in").Elevate(Callers.Member, options => options.RateLimit = "2/1m");
        });
        var alice = site.Wix.IssueToken(EmulatedIdentity.Member("alice"));
        var bob = site.Wix.IssueToken(EmulatedIdentity.Member("bob"));

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/", alice)).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/", alice)).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await site.GetAsync("/", alice)).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/", bob)).Status);
    }

    [Theory]
    [InlineData("same-origin", null, true)]
    [InlineData("same-site", null, false)]
    [InlineData("cross-site", null, false)]
    [InlineData("none", null, false)]
    [InlineData("cross-site", "http://localhost", false)]
    [InlineData(null, "http://localhost", true)]
    [InlineData(null, "https://shop.example", true)]
    [InlineData(null, "https://localhost", false)]
    [InlineData(null, "http://localhost:81", false)]
    [InlineData(null, "http://localhost.evil.example", false)]
    [InlineData(null, "https://evil.example", false)]
    [InlineData(null, "null", false)]
    [InlineData(null, "", false)]
    [InlineData(null, null, false)]
    public async Task S28_A_session_changes_things_from_the_sites_own_pages_only(string? fetchSite, string? origin, bool passes)
    {
        await using var site = await WixSite.StartAsync(
            app => app.MapMethods("/", ["GET", "POST", "PUT", "PATCH", "DELETE"], () => "in").Elevate(Callers.Member),
            options => options.PublicOrigin = new("https://shop.example"));
        var cookie = SessionCookie.Of(site.Wix.App.ClientId, site.Wix.IssueSession(EmulatedIdentity.Member()));
        List<(string, string)> headers = [];
        if (fetchSite is not null)
            headers.Add(("Sec-Fetch-Site", fetchSite));
        if (origin is not null)
            headers.Add(("Origin", origin));

        foreach (var method in new[] { "POST", "PUT", "PATCH", "DELETE" })
        {
            var answer = await site.SendAsync(method, "/", cookie: cookie, headers: [.. headers]);
            Assert.Equal(passes ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.Status);
            if (!passes)
                Assert.Equal("cross-site-session", answer.Problem);
        }

        Assert.Equal(HttpStatusCode.OK, (await site.SendAsync("GET", "/", cookie: cookie, headers: [.. headers])).Status);
        var token = site.Wix.IssueToken(EmulatedIdentity.Member());
        Assert.Equal(HttpStatusCode.OK, (await site.SendAsync("POST", "/", token, cookie, headers: [.. headers])).Status);
    }

    [Fact]
    public async Task A_policy_by_name_sees_the_wix_caller()
    {
        await using var site = await WixSite.StartAsync(
            app => app.MapGet("/", (HttpContext context) => context.User.Identity!.Name).Elevate(Callers.Member | Callers.User,
                options => options.Policy = "OnlyAlice"),
            build: builder => builder.Services.AddAuthorizationBuilder()
                .AddPolicy("OnlyAlice", policy => policy.RequireClaim(ClaimTypes.NameIdentifier, "alice")));

        Assert.Equal("alice", (await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.Member("alice")))).Body);
        var bob = await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.Member("bob")));
        Assert.Equal((HttpStatusCode.Forbidden, "caller-not-allowed"), (bob.Status, bob.Problem));
    }

    [Fact]
    public async Task S12_No_header_changes_the_decision()
    {
        var handled = 0;
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", () => handled++).Elevate(Callers.User));
        var visitor = site.Wix.IssueToken(EmulatedIdentity.Visitor());
        string[] names =
        [
            "x-middleware-subrequest", "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "X-Forwarded-User", "X-Wix-Elevated",
            "X-Wix-Instance-Id",
            "wix-site-id", "wix-account-id", "X-Authenticated-User", "X-Skip-Auth", "X-Internal", "X-Wix-Consistent", "Proxy-Authorization",
            "Authorization2",
            "X-Authorization", "X-Wix-Instance", "commonConfig", "x-wix-bi-auth-token", "X-Endpoints-Guarded", "X-User", "X-Role", "Via",
            "Referer", "From",
        ];

        foreach (var name in names)
        {
            foreach (var value in new[] { "1", "true", "admin", "USER", site.Wix.InstanceId, "middleware:middleware" })
            {
                Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/", headers: (name, value))).Status);
                Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync("/", visitor, headers: (name, value))).Status);
            }
        }

        Assert.Equal(0, handled);
    }

    [Fact]
    public async Task S06_Elevation_acts_for_the_callers_own_instance_whatever_the_request_says()
    {
        await using var site = await WixSite.StartAsync(app => app.MapPost("/{instanceId}", async (ElevatedWixClient wix) =>
            (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName).Elevate(Callers.User));
        var victim = site.Wix.AddSite("Victim");
        var victimInstance = site.Wix.App.InstallOn(victim);
        var attacker = site.Wix.AddSite("Attacker");
        site.Wix.App.InstallOn(attacker);
        var token = site.Wix.IssueToken(EmulatedIdentity.User(), options => options.For(site.Wix.App, attacker));
        using var body = new StringContent($$"""{"instanceId":"{{victimInstance}}","siteId":"{{victim.Id}}"}""", Encoding.UTF8,
            "application/json");

        var answer = await site.SendAsync(
            "POST", $"/{victimInstance}?instanceId={victimInstance}&siteId={victim.Id}&instance={victimInstance}", token, content: body,
            headers: [("wix-site-id", victim.Id), ("X-Wix-Instance-Id", victimInstance)]);

        Assert.Equal("Attacker", answer.Body);
        Assert.DoesNotContain(site.Wix.CallsTo(WixSite.Tokens),
            call => call.Body.Contains(victimInstance, StringComparison.OrdinalIgnoreCase));
        Assert.All(site.Wix.CallsTo(WixSite.GetSiteProperties), call => Assert.Null(call.Header("wix-site-id")));
    }

    [Fact]
    public async Task Narrow_elevation_stops_other_calls_before_the_network_and_records_them()
    {
        Exception? refused = null;
        await using var site =
            await WixSite.StartAsync(app => app.MapGet("/", async (WixAuth auth, SiteProperties properties, ElevatedWixClient wix) =>
        {
            await auth.Elevate(properties.GetSitePropertiesAsync)();
            refused = await Record.ExceptionAsync(() => wix.SiteProperties.UpdateBusinessProfileAsync(new() { BusinessName = "x" }));
            await Assert.ThrowsAsync<InvalidOperationException>(
                () => wix.FetchWithAuthAsync(HttpMethod.Delete, "/site-properties/v4/properties"));
            await Assert.ThrowsAsync<InvalidOperationException>(() => wix.Products.GetAsync("p"));
        }).Elevate(Callers.Visitor, options => options.Only = ["GET /site-properties/*"]));

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/")).Status);

        Assert.IsType<InvalidOperationException>(refused);
        Assert.Equal(2, site.Wix.Calls.Count);
        Assert.Contains(site.Logs.Of("ElevationAudit"),
            line => line.Contains("denied", StringComparison.Ordinal) && line.Contains("business-profile", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_elevated_call_leaves_an_audit_record()
    {
        await using var site = await WixSite.StartAsync(app => app.MapGet("/audited", async (ElevatedWixClient wix) =>
        {
            await wix.SiteProperties.GetSitePropertiesAsync();
            await Record.ExceptionAsync(() => wix.Products.GetAsync("a-product"));
        }).Elevate(Callers.Member));

        await site.GetAsync("/audited", site.Wix.IssueToken(EmulatedIdentity.Member("alice")));

        var records = site.Logs.Of("ElevationAudit").ToList();
        Assert.Equal(2, records.Count);
        Assert.All(records, record =>
        {
            Assert.Contains("/audited", record, StringComparison.Ordinal);
            Assert.Contains("Member alice", record, StringComparison.Ordinal);
            Assert.Contains(site.Wix.InstanceId, record, StringComparison.Ordinal);
        });
        Assert.Contains("GET /site-properties/v4/properties answered 200", records[0], StringComparison.Ordinal);
        Assert.Contains("GET /stores/v3/products/{id} answered 404", records[1], StringComparison.Ordinal);
        Assert.DoesNotContain("a-product", records[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handlers_own_cache_header_stays()
    {
        await using var site =
            await WixSite.StartAsync(
                app => app.MapGet("/", (HttpContext context) => context.Response.Headers.CacheControl = "private, max-age=5")
            .Elevate(Callers.Visitor));

        Assert.Contains("max-age=5", (await site.GetAsync("/")).Header("Cache-Control"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("private, no-store", true)]
    [InlineData("private, max-age=5", false)]
    public async Task A_filter_may_say_more_than_that_nothing_is_stored_and_not_less(string said, bool stays)
    {
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", () => "in").Elevate(Callers.Visitor)
            .AddEndpointFilter((call, next) =>
            {
                call.HttpContext.Response.Headers.CacheControl = said;
                return next(call);
            }));

        var answer = (await site.GetAsync("/")).Header("Cache-Control")!;

        Assert.Contains("no-store", answer, StringComparison.Ordinal);
        Assert.Equal(stays, answer.Contains("private", StringComparison.Ordinal));
    }

    private static IEnumerable<(Callers Kind, EmulatedIdentity Identity)> Identities() =>
    [
        (Callers.Visitor, EmulatedIdentity.Visitor()),
        (Callers.Member, EmulatedIdentity.Member()),
        (Callers.User, EmulatedIdentity.User()),
        (Callers.App, EmulatedIdentity.App()),
    ];

    private sealed class WatchedBody(Stream inner) : Stream
    {
        public bool WasRead { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            WasRead = true;
            return inner.ReadAsync(buffer, cancellationToken);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
