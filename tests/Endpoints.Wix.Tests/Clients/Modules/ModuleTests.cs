using System.Net;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using SampleModules;

namespace Endpoints.Wix.Tests.Clients.Modules;

/// <summary>A module of another package is as good as a built-in one, and as guarded.</summary>
public sealed class ModuleTests : IDisposable
{
    private const string GetMember = "GET /members/v1/members/{id}";
    private const string DeleteMember = "DELETE /members/v1/members/{id}";

    public void Dispose() => StolenModule.Forget();

    [Fact]
    public async Task Every_client_has_it_and_it_speaks_for_that_client()
    {
        await using var site = await WixSite.StartAsync(
            app =>
            {
                app.MapGet("/caller/{id}", async (WixClient wix, string id) => await wix.GetModule<SampleMembers>().GetMemberAsync(id));
                app.MapGet("/injected/{id}", async (SampleMembers members, string id) => await members.GetMemberAsync(id));
                app.MapGet("/elevated/{id}",
                    async (ElevatedWixClient wix, string id) => await wix.GetModule<SampleMembers>().GetMemberAsync(id, "FULL"))
                    .Elevate(Callers.Visitor);
                app.MapGet("/auth/{id}",
                    async (WixAuth auth, SampleMembers members, string id) => await auth.Elevate(members.GetMemberAsync)(id, "FULL"))
                    .Elevate(Callers.Visitor);
            },
            build: builder => builder.Services.AddWixModule<SampleMembers>());
        var member = site.Wix.Site.AddMember("zoe@members.example", memberId: Guid.NewGuid().ToString());

        foreach (var (path, who) in new[]
        {
            ("caller", EmulatedIdentityKind.Visitor), ("injected", EmulatedIdentityKind.Visitor), ("elevated", EmulatedIdentityKind.App),
            ("auth", EmulatedIdentityKind.App),
        })
        {
            var answer = await site.GetAsync($"/{path}/{member.Id}");
            Assert.Equal((HttpStatusCode.OK, who == EmulatedIdentityKind.App),
                (answer.Status, answer.Body.Contains("zoe@members.example", StringComparison.Ordinal)));
            Assert.Equal(who, site.Wix.CallsTo(GetMember)[^1].Caller?.Kind);
        }

        foreach (var client in (WixSiteClient[])[site.Services.GetRequiredService<AdminWixClient>(),
            site.Services.GetRequiredService<AppWixClient>()])
            Assert.Equal(member.Id, (string?)(await client.GetModule<SampleMembers>().GetMemberAsync(member.Id))["id"]);
        Assert.Contains(site.Logs.Of("ElevationAudit"), static line => line.Contains("/elevated/{id} for Visitor", StringComparison.Ordinal)
            && line.Contains(GetMember + " answered 200", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_made_when_it_is_first_used_and_never_where_it_is_not()
    {
        await using var site = await WixSite.StartAsync(app =>
        {
            app.MapGet("/none", async (ElevatedWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).Version)
                .Elevate(Callers.Visitor);
            app.MapGet("/same",
                (WixClient wix) => ReferenceEquals(wix.GetModule<SampleMembers>(), wix.GetModule<SampleMembers>())
                    && !ReferenceEquals(wix.SiteProperties, wix.Products));
        });
        var before = SampleMembers.Made;

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/none")).Status);
        Assert.Equal(before, SampleMembers.Made);
        Assert.Equal("true", (await site.GetAsync("/same")).Body);
        Assert.Equal(before + 1, SampleMembers.Made);
    }

    [Fact]
    public void Many_threads_get_one_module_of_a_kind()
    {
        using var services =
            new ServiceCollection().AddWixClient(static options => (options.ClientId, options.ClientSecret) = ("id", new("secret")))
                .BuildServiceProvider();
        var wix = services.GetRequiredService<AppWixClient>();
        var got = new System.Collections.Concurrent.ConcurrentBag<WixModule>();

        Parallel.For(0, 64, i =>
        {
            got.Add(i % 2 == 0 ? wix.GetModule<SampleMembers>() : wix.SiteProperties);
        });

        Assert.Equal(2, got.Distinct(ReferenceEqualityComparer.Instance).Count());
    }

    [Fact]
    public async Task A_body_is_written_and_an_answer_read_as_the_operation_says()
    {
        await using var site = await WixSite.StartAsync();
        var members = site.Services.GetRequiredService<AppWixClient>().GetModule<SampleMembers>();

        var page = await members.QueryMembersAsync(new JsonObject { ["paging"] = new JsonObject { ["limit"] = 1 } });

        Assert.Single(page["members"]!.AsArray());
        await members.DeleteMemberAsync((string)page["members"]![0]!["id"]!);
        Assert.Equal(1, site.Wix.CountOf(DeleteMember));
        site.Wix.On("POST /members/v1/members/query").Answer(200, "[1]");
        Assert.Equal(HttpStatusCode.BadGateway, (await Assert.ThrowsAsync<WixApiException>(() => members.QueryMembersAsync([]))).Status);
        site.Wix.On("POST /members/v1/members/query").Answer(200, "<html>");
        Assert.Equal(HttpStatusCode.BadGateway, (await Assert.ThrowsAsync<WixApiException>(() => members.QueryMembersAsync([]))).Status);
    }

    [Theory]
    [InlineData("GET", 3)]
    [InlineData("DELETE", 1)]
    public async Task A_call_is_repeated_as_the_operation_says(string method, int times)
    {
        await using var site = await WixSite.StartAsync();
        site.Wix.On(method + " /members/v1/members/{id}").Answer(503, "{}");
        var members = site.Services.GetRequiredService<AppWixClient>().GetModule<SampleMembers>();

        await Assert.ThrowsAsync<WixApiException>(() => method == "GET" ? members.GetMemberAsync("x") : members.DeleteMemberAsync("x"));

        Assert.Equal(times, site.Wix.CountOf(method + " /members/v1/members/{id}"));
    }

    [Fact]
    public async Task S01_Outside_an_elevated_handler_no_module_is_elevated()
    {
        SampleMembers? kept = null;
        Func<string, string?, CancellationToken, Task<JsonObject>>? delegated = null;
        var refused = new List<Exception?>();
        await using var site = await WixSite.StartAsync(app =>
        {
            app.MapGet("/plain", async (ElevatedWixClient elevated, AppWixClient app, AdminWixClient admin, WixAuth auth, WixClient wix) =>
            {
                foreach (var client in (WixSiteClient[])[elevated, app, admin])
                    refused.Add(await Record.ExceptionAsync(() => client.GetModule<SampleMembers>().GetMemberAsync("x")));
                refused.Add(Record.Exception(() => auth.Elevate(wix.GetModule<SampleMembers>().GetMemberAsync)));
            });
            app.MapGet("/keep", (ElevatedWixClient elevated, WixAuth auth, WixClient wix) =>
            {
                kept = elevated.GetModule<SampleMembers>();
                delegated = auth.Elevate<Func<string, string?, CancellationToken, Task<JsonObject>>>(
                    wix.GetModule<SampleMembers>().GetMemberAsync);
            }).Elevate(Callers.Visitor);
        });

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/plain")).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/keep")).Status);

        Assert.Equal(4, refused.Count);
        Assert.All(refused,
            static exception => Assert.Contains("[Elevate(Callers...)]", Assert.IsType<InvalidOperationException>(exception).Message,
                StringComparison.Ordinal));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => kept!.GetMemberAsync("x"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => delegated!("x", null, default));
        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task Only_covers_what_is_sent_whatever_the_operation_is_called()
    {
        // The path with its arguments decides, and both come from one object.
        var other = new WixOperation<WixEmpty>(HttpMethod.Get, "/{a}/{b}/{c}", WixSerializer.Empty);
        var wide = new WixOperation<WixEmpty>(HttpMethod.Get, "/members/v1/members/{id}/{more}", WixSerializer.Empty);
        var refused = new List<Exception?>();
        await using var site =
            await WixSite.StartAsync(app => app.MapGet("/", async (ElevatedWixClient elevated, WixAuth auth, WixClient wix) =>
        {
            foreach (var module in new[] { elevated.GetModule<SampleMembers>(), wix.GetModule<SampleMembers>() })
            {
                var call = ReferenceEquals(module, elevated.GetModule<SampleMembers>()) ? module.CallAsync : auth.Elevate(module.CallAsync);
                refused.Add(await Record.ExceptionAsync(() => call(other, ["stores", "v3", "products"])));
                refused.Add(await Record.ExceptionAsync(() => call(other, ["site-properties", "v4", "properties"])));
                refused.Add(await Record.ExceptionAsync(() => call(wide, ["a", "approve"])));
                refused.Add(await Record.ExceptionAsync(() => call(wide, ["..", "approve"])));
                refused.Add(await Record.ExceptionAsync(() => call(wide, ["a/b", "approve"])));
                refused.Add(await Record.ExceptionAsync(() => call(wide, ["a"])));
                refused.Add(await Record.ExceptionAsync(() => call(wide, ["a", "b", "c"])));
            }
        }).Elevate(Callers.Visitor, options => options.Only = ["GET /members/v1/members/*/notes", "GET /x/*"]));

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/")).Status);

        Assert.Equal(14, refused.Count);
        Assert.All(refused,
            static exception =>
                Assert.True(
                    exception is ArgumentException
                        || (exception is InvalidOperationException && exception.Message.Contains("Only", StringComparison.Ordinal)),
                        exception?.ToString()));
        Assert.Empty(site.Wix.Calls);
        Assert.Equal(
            6, site.Logs.Of("ElevationAudit").Count(static line => line.StartsWith("Elevated call denied", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task S58_A_channel_that_a_module_keeps_speaks_for_no_other_request()
    {
        var read = new WixOperation<WixEmpty>(HttpMethod.Get, "/site-properties/v4/properties", WixSerializer.Empty);
        var refused = new List<Exception?>();
        await using var site = await WixSite.StartAsync(app =>
        {
            app.MapGet("/elevated", async (ElevatedWixClient wix) => await wix.GetModule<StolenModule>().CallAsync(read))
                .Elevate(Callers.Member);
            app.MapGet("/plain", async (WixClient wix) =>
            {
                StolenModule.IsThief = true;
                refused.Add(Record.Exception(() => wix.GetModule<StolenModule>()));
                refused.Add(await Record.ExceptionAsync(() => StolenModule.OfKept().CallAsync(read)));
            });
        });
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/elevated", site.Wix.IssueToken(EmulatedIdentity.Member()))).Status);

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/plain")).Status);

        Assert.Contains("with the channel it was given", Assert.IsType<InvalidOperationException>(refused[0]).Message,
            StringComparison.Ordinal);
        Assert.IsType<ObjectDisposedException>(refused[1]);
        Assert.Equal(1, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Fact]
    public async Task Elevating_a_method_copies_the_module_and_leaves_the_callers_own_as_it_is()
    {
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", async (WixClient wix, WixAuth auth) =>
        {
            var own = wix.GetModule<SampleMembers>();
            own.Remembered = "mine";
            var elevated = auth.Elevate<Func<string, string?, CancellationToken, Task<JsonObject>>>(own.GetMemberAsync);
            Assert.NotSame(own, elevated.Target);
            Assert.Equal("mine", ((SampleMembers)elevated.Target!).Remembered);
            Assert.Same(own, wix.GetModule<SampleMembers>());
            await Assert.ThrowsAsync<WixApiException>(() => own.DeleteMemberAsync(Guid.NewGuid().ToString()));
            return "done";
        }).Elevate(Callers.Visitor));

        Assert.Equal("done", (await site.GetAsync("/")).Body);
        Assert.All(site.Wix.CallsTo(DeleteMember), static call => Assert.Equal(EmulatedIdentityKind.Visitor, call.Caller?.Kind));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("members")]
    [InlineData("//members")]
    [InlineData("/members/")]
    [InlineData("/members/../oauth2")]
    [InlineData("/members?x=y")]
    [InlineData("/members#x")]
    [InlineData("/members/{}")]
    [InlineData("/members/{id")]
    [InlineData("/members/{id}x")]
    [InlineData("/members/{id}:")]
    [InlineData("/members/{id}:a.b")]
    [InlineData("/members/{id}:{verb}")]
    [InlineData("/members/{i d}")]
    [InlineData("/members/{*id}")]
    [InlineData("https://evil.example/{id}")]
    [InlineData("/@evil.example\\{id}")]
    [InlineData("/members/%2e%2e")]
    public void What_is_no_path_makes_no_operation(string path) =>
        Assert.Throws<ArgumentException>(() => new WixOperation<WixEmpty>(HttpMethod.Get, path, WixSerializer.Empty));

    [Fact]
    public void A_parameter_may_have_a_verb_behind_it() =>
        Assert.Equal("/bookings/{id}:confirm",
            new WixOperation<WixEmpty>(HttpMethod.Post, "/bookings/{id}:confirm", WixSerializer.Empty).Path);

    [Theory]
    [InlineData("get")]
    [InlineData("CONNECT")]
    [InlineData("TRACE")]
    [InlineData("M-SEARCH")]
    public void What_is_no_method_of_Wixs_makes_no_operation(string method) =>
        Assert.Throws<ArgumentException>(() => new WixOperation<WixEmpty>(new(method), "/members", WixSerializer.Empty));

    [Fact]
    public async Task Arguments_of_the_query_string_are_escaped_and_may_come_twice()
    {
        await using var site = await WixSite.StartAsync();

        await Assert.ThrowsAsync<WixApiException>(
            () => site.Services.GetRequiredService<AppWixClient>().GetModule<SampleMembers>().GetMemberAsync("x", "a&b=c/../#d ä"));

        Assert.Equal("/members/v1/members/x?fieldsets=a%26b%3Dc%2F..%2F%23d%20%C3%A4", site.Wix.Calls[^1].RawTarget);
    }

    [Fact]
    public async Task A_mock_calls_nothing_and_is_elevated_by_nobody()
    {
        var fake = new FakeMembers();
        Exception? refused = null;
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", (WixAuth auth) =>
        {
            refused = Record.Exception(() => auth.Elevate(fake.GetMemberAsync));
        }).Elevate(Callers.Visitor));

        Assert.Equal("fake", (string?)(await fake.GetMemberAsync("x"))["nickname"]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => fake.DeleteMemberAsync("x"));
        await site.GetAsync("/");

        Assert.Contains("FakeMembers is a mock", Assert.IsType<InvalidOperationException>(refused).Message, StringComparison.Ordinal);
        Assert.Empty(site.Wix.Calls);
    }
}
