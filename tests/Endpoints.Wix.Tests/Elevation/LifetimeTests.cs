using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Elevation;

/// <summary>Elevation from the start of a handler to its end, and nowhere else.</summary>
public sealed class LifetimeTests
{
    [Fact]
    public async Task S08_What_a_handler_kept_fails_after_it_before_anything_is_sent()
    {
        ElevatedWixClient? keptClient = null;
        WixAuth? keptAuth = null;
        SiteProperties? keptModule = null;
        Func<Task>? keptDelegate = null;
        await using var site =
            await WixSite.StartAsync(app => app.MapGet("/", async (ElevatedWixClient wix, WixAuth auth, SiteProperties siteProperties) =>
        {
            var elevated = auth.Elevate(siteProperties.GetSitePropertiesAsync);
            (keptClient, keptAuth, keptModule, keptDelegate) = (wix, auth, siteProperties, () => elevated());
            await elevated();
        }).Elevate(Callers.Visitor));
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/")).Status);
        site.Wix.ClearCalls();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => keptClient!.SiteProperties.GetSitePropertiesAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => keptClient!.FetchWithAuthAsync(HttpMethod.Get, "/site-properties/v4/properties"));
        await Assert.ThrowsAsync<ObjectDisposedException>(keptDelegate!);
        Assert.Throws<ObjectDisposedException>(() => keptAuth!.Elevate(keptModule!.GetSitePropertiesAsync));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => keptModule!.GetSitePropertiesAsync());
        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task S08_Work_that_a_handler_started_and_left_can_do_nothing_elevated()
    {
        var mayGoOn = new TaskCompletionSource();
        Task? left = null;
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", (ElevatedWixClient wix) =>
        {
            left = Task.Run(async () =>
            {
                await mayGoOn.Task;
                await wix.SiteProperties.GetSitePropertiesAsync();
            });
        }).Elevate(Callers.Visitor));
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/")).Status);

        mayGoOn.SetResult();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => left!);
        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task S08_A_call_under_way_when_the_handler_ends_is_cut_off()
    {
        Task? left = null;
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", (ElevatedWixClient wix) =>
        {
            left = wix.SiteProperties.GetSitePropertiesAsync();
        }).Elevate(Callers.Visitor));
        using var gate = site.Wix.On(WixSite.Tokens).Hold();

        var answer = site.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, (await answer).Status);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => left!);
        gate.Open();
        Assert.Equal(0, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Fact]
    public async Task S08_A_stream_that_is_written_after_the_handler_is_not_elevated()
    {
        await using var site =
            await WixSite.StartAsync(app => app.MapGet("/", (ElevatedWixClient wix) => Stream(wix)).Elevate(Callers.Visitor));

        await Assert.ThrowsAnyAsync<Exception>(() => site.GetAsync("/"));

        Assert.Equal(0, site.Wix.CountOf("*"));

        static async IAsyncEnumerable<string?> Stream(ElevatedWixClient wix)
        {
            yield return (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.BusinessName;
        }
    }

    [Fact]
    public async Task S08_A_new_scope_in_left_work_gets_no_elevation_and_no_caller()
    {
        var ended = new TaskCompletionSource();
        Task<Exception?>? left = null;
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", (IServiceScopeFactory scopes) =>
        {
            left = Task.Run<Exception?>(async () =>
            {
                await ended.Task;
                await using var scope = scopes.CreateAsyncScope();
                return await Record.ExceptionAsync(
                    () => scope.ServiceProvider.GetRequiredService<ElevatedWixClient>().SiteProperties.GetSitePropertiesAsync())
                    ?? await Record.ExceptionAsync(
                        () => scope.ServiceProvider.GetRequiredService<WixClient>().SiteProperties.GetSitePropertiesAsync());
            });
        }).Elevate(Callers.Visitor));
        await site.GetAsync("/");
        ended.SetResult();

        Assert.NotNull(await left!);
        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task A_job_is_never_elevated_and_the_refusal_names_the_clients_of_jobs()
    {
        await using var site = await WixSite.StartAsync(static app => app.MapGet("/", static () => ""));
        await using var scope = site.Services.CreateAsyncScope();

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => scope.ServiceProvider.GetRequiredService<ElevatedWixClient>().SiteProperties.GetSitePropertiesAsync());

        Assert.Contains("use AppWixClient or AdminWixClient", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task Without_Elevate_asking_for_elevation_is_an_error_that_says_what_to_write()
    {
        Exception? byClient = null, byAuth = null;
        await using var site =
            await WixSite.StartAsync(app => app.MapGet("/", async (ElevatedWixClient wix, WixAuth auth, SiteProperties siteProperties) =>
        {
            byClient = await Record.ExceptionAsync(() => wix.SiteProperties.GetSitePropertiesAsync());
            byAuth = Record.Exception(() => auth.Elevate(siteProperties.GetSitePropertiesAsync));
        }));

        await site.GetAsync("/");

        Assert.Contains("[Elevate(Callers...)]", Assert.IsType<InvalidOperationException>(byClient).Message, StringComparison.Ordinal);
        Assert.Contains("[Elevate(Callers...)]", Assert.IsType<InvalidOperationException>(byAuth).Message, StringComparison.Ordinal);
        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task Nothing_is_granted_in_filters_before_the_handler()
    {
        Exception? early = null;
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", () => "handled")
            .AddEndpointFilter(async (invocation, next) =>
            {
                var wix = invocation.HttpContext.RequestServices.GetRequiredService<ElevatedWixClient>();
                early = await Record.ExceptionAsync(() => wix.SiteProperties.GetSitePropertiesAsync());
                return await next(invocation);
            })
            .Elevate(Callers.Visitor));

        Assert.Equal("handled", (await site.GetAsync("/")).Body);

        Assert.IsType<InvalidOperationException>(early);
        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task A_filter_that_runs_the_handler_again_gets_each_run_a_grant()
    {
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", async (ElevatedWixClient wix) =>
        {
            await wix.SiteProperties.GetSitePropertiesAsync();
            return "in";
        }).Elevate(Callers.Member).AddEndpointFilter(static async (call, next) =>
        {
            await next(call);
            return await next(call);
        }));

        Assert.Equal("in", (await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.Member()))).Body);

        Assert.Equal(2, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Fact]
    public async Task S09_Alice_then_Bob_never_mix()
    {
        var callers = new List<string?>();
        await using var site = await WixSite.StartAsync(
            app =>
            {
                app.Use(async (context, next) =>
                {
                    await next();
                    callers.Add(context.User.Identity?.Name);
                });
                app.MapPost("/", (Caller caller, WhoIsIt service, System.Security.Claims.ClaimsPrincipal user) =>
                    $"{caller.Id} {service.Caller?.Id} {user.Identity?.Name}").Elevate(Callers.Member);
            },
            build: builder =>
            {
                builder.Services.AddHttpContextAccessor();
                builder.Services.AddScoped<WhoIsIt>();
            });

        foreach (var name in new[] { "alice", "bob", "alice", "bob" })
        {
            var answer = await site.SendAsync("POST", "/", site.Wix.IssueToken(EmulatedIdentity.Member(name)));
            Assert.Equal($"{name} {name} {name}", answer.Body);
        }

        Assert.Equal(["alice", "bob", "alice", "bob"], callers);
    }

    [Fact]
    public async Task S09_The_callers_own_client_calls_with_the_callers_own_token()
    {
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", async (WixClient wix) =>
            (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.BusinessName));
        var user = site.Wix.IssueToken(EmulatedIdentity.User("alice"));

        Assert.Equal("Harbour Coffee Ltd.", (await site.GetAsync("/", user)).Body);
        Assert.Equal(user, Assert.Single(site.Wix.CallsTo(WixSite.GetSiteProperties)).Header("Authorization"));

        var anonymous = await site.GetAsync("/");
        Assert.Equal(HttpStatusCode.Forbidden, anonymous.Status);
        Assert.Contains("anonymous", Assert.Single(site.Wix.CallsTo(WixSite.Tokens)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_anonymous_visitor_gets_one_token_per_request_at_the_first_call()
    {
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", async (WixClient wix) =>
        {
            await Task.WhenAll(
                Enumerable.Range(0, 5).Select(_ => wix.FetchWithAuthAsync(HttpMethod.Get, "/site-properties/v4/properties")));
        }));

        await site.GetAsync("/");

        Assert.Equal(1, site.Wix.CountOf(WixSite.Tokens));
        Assert.Equal(5, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Fact]
    public async Task A_handler_that_hands_the_request_on_keeps_its_own_grant_and_lends_it_to_nobody()
    {
        Exception? inner = null;
        await using var site = await WixSite.StartAsync(app =>
        {
            app.MapGet("/outer",
                async (HttpContext context, ElevatedWixClient wix, Microsoft.AspNetCore.Routing.EndpointDataSource endpoints) =>
            {
                await endpoints.Endpoints.First(static endpoint => endpoint.DisplayName!.Contains("/inner", StringComparison.Ordinal))
                    .RequestDelegate!(context);
                await wix.FetchWithAuthAsync(HttpMethod.Get, "/site-properties/v4/properties?fields=outer");
            }).Elevate(Callers.Visitor, options => options.Only = ["GET /site-properties/*"]);
            app.MapGet("/inner", async (ElevatedWixClient wix) =>
            {
                inner = await Record.ExceptionAsync(() => wix.SiteProperties.GetSitePropertiesAsync());
            }).Elevate(Callers.Visitor, options => options.Only = ["GET /stores/*"]);
        });

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/outer")).Status);

        Assert.IsType<InvalidOperationException>(inner);
        Assert.Equal("/site-properties/v4/properties?fields=outer", Assert.Single(site.Wix.CallsTo(WixSite.GetSiteProperties)).RawTarget);
    }

    private sealed class WhoIsIt(Microsoft.AspNetCore.Http.IHttpContextAccessor accessor)
    {
        public Caller? Caller { get; } = Wix.Identification.RequestCaller.Of(accessor.HttpContext!).Identified?.Caller;
    }
}
