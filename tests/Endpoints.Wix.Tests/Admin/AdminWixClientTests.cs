using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;

namespace Endpoints.Wix.Tests.Admin;

/// <summary>An API key: for a site or for the account, in jobs, and behind guards in requests.</summary>
public sealed class AdminWixClientTests
{
    private const string ListSites = "POST /site-list/v2/sites/query";
    private const string UpdateProfile = "POST /site-properties/v4/properties/business-profile";

    [Fact]
    public async Task A_job_calls_for_the_configured_site_with_the_bare_key_and_one_header()
    {
        await using var site = await StartAsync();
        var admin = site.Services.GetRequiredService<AdminWixClient>();

        Assert.Equal("Harbour Coffee", (await admin.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName);
        Assert.NotEmpty((await admin.Products.QueryAsync()).Items);
        Assert.Equal(HttpStatusCode.OK, (await admin.FetchWithAuthAsync(HttpMethod.Get, "/site-properties/v4/properties")).Status);

        Assert.Equal(3, site.Wix.Calls.Count); // and no token call
        Assert.All(site.Wix.Calls, call =>
        {
            Assert.Equal(site.Wix.ApiKey.Value, call.Header("Authorization"));
            Assert.Equal(site.Wix.Site.Id, call.Header("wix-site-id"));
            Assert.Null(call.Header("wix-account-id"));
        });
    }

    [Fact]
    public async Task Another_site_is_named_and_the_first_client_stays_what_it_is()
    {
        await using var site = await StartAsync();
        var other = site.Wix.AddSite("Hill Bakery");
        var admin = site.Services.GetRequiredService<AdminWixClient>();
        var there = admin.ForSite(other.Id);

        Assert.Equal("Hill Bakery", (await there.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName);
        Assert.Equal("Harbour Coffee", (await admin.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName);
        Assert.Equal("Harbour Coffee",
            (await there.ForSite(site.Wix.Site.Id).SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName);
    }

    [Fact]
    public async Task The_account_is_called_for_with_its_header_alone_also_where_a_site_is_configured()
    {
        await using var site = await StartAsync();
        using var body = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");

        var sites = await site.Services.GetRequiredService<AdminWixClient>().ForAccount().FetchWithAuthAsync(HttpMethod.Post,
            "/site-list/v2/sites/query", body);

        Assert.Equal(HttpStatusCode.OK, sites.Status);
        var call = Assert.Single(site.Wix.CallsTo(ListSites));
        Assert.Equal((site.Wix.AccountId, null, site.Wix.ApiKey.Value),
            (call.Header("wix-account-id"), call.Header("wix-site-id"), call.Header("Authorization")));
    }

    [Fact]
    public async Task An_account_call_is_refused_for_a_site_and_a_site_call_for_the_account()
    {
        await using var site = await StartAsync();
        var admin = site.Services.GetRequiredService<AdminWixClient>();
        using var body = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");

        Assert.Equal(HttpStatusCode.Forbidden, (await admin.FetchWithAuthAsync(HttpMethod.Post, "/site-list/v2/sites/query", body)).Status);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await admin.ForAccount().FetchWithAuthAsync(HttpMethod.Get, "/site-properties/v4/properties")).Status);
    }

    [Fact]
    public async Task What_the_key_may_not_do_is_an_exception_with_Wixs_code_and_is_not_tried_again()
    {
        await using var site = await StartAsync(permissions: ["SITE_SETTINGS.VIEW"]);
        var admin = site.Services.GetRequiredService<AdminWixClient>();
        await admin.SiteProperties.GetSitePropertiesAsync();

        var refused =
            await Assert.ThrowsAsync<WixApiException>(() => admin.SiteProperties.UpdateBusinessProfileAsync(new() { Description = "d" }));

        Assert.Equal((HttpStatusCode.Forbidden, "PERMISSION_DENIED"), (refused.Status, refused.ApplicationErrorCode));
        Assert.Equal(1, site.Wix.CountOf(UpdateProfile));
    }

    [Fact]
    public async Task A_key_that_Wix_does_not_know_is_sent_once_and_nothing_else_in_its_place()
    {
        await using var site = await StartAsync(configure: static options => options.ApiKey = new("IST.canary"));

        var refused =
            await Assert.ThrowsAsync<WixApiException>(
                () => site.Services.GetRequiredService<AdminWixClient>().SiteProperties.GetSitePropertiesAsync());

        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
        Assert.DoesNotContain("canary", refused.ToString(), StringComparison.Ordinal);
        Assert.Single(site.Wix.Calls);
        Assert.DoesNotContain(site.Logs.Lines, static line => line.Contains("canary", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\r\nwix-account-id: b")]
    [InlineData("a\0b")]
    [InlineData("sité")]
    [InlineData(null)]
    public async Task S41_What_can_not_be_a_site_id_never_becomes_a_header(string? siteId)
    {
        await using var site = await StartAsync();
        var admin = site.Services.GetRequiredService<AdminWixClient>();

        Assert.ThrowsAny<ArgumentException>(() => admin.ForSite(siteId!));
        Assert.Throws<ArgumentException>(() => admin.ForSite(new string('a', 129)));
        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task Without_a_key_the_application_runs_and_asking_for_the_client_says_what_to_set()
    {
        await using var site = await StartAsync(configure: static options => options.ApiKey = null);

        var failure = Assert.Throws<InvalidOperationException>(() => site.Services.GetRequiredService<AdminWixClient>());

        Assert.All(["Wix:ApiKey", "WIX_API_KEY"], text => Assert.Contains(text, failure.Message, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/open")).Status);
        await Assert.ThrowsAsync<InvalidOperationException>(() => site.GetAsync("/guarded", site.Wix.IssueToken(EmulatedIdentity.User())));
        Assert.Empty(site.Wix.CallsTo(WixSite.GetSiteProperties));
    }

    [Fact]
    public async Task A_key_without_its_site_or_account_says_what_to_set_before_anything_is_sent()
    {
        await using var site = await StartAsync(configure: static options => (options.SiteId, options.AccountId) = (null, null));
        var admin = site.Services.GetRequiredService<AdminWixClient>();

        var noSite = await Assert.ThrowsAsync<InvalidOperationException>(() => admin.SiteProperties.GetSitePropertiesAsync());
        var noAccount = Assert.Throws<InvalidOperationException>(() => admin.ForAccount());

        Assert.Contains("WIX_SITE_ID", noSite.Message, StringComparison.Ordinal);
        Assert.Contains("WIX_ACCOUNT_ID", noAccount.Message, StringComparison.Ordinal);
        Assert.Empty(site.Wix.Calls);
        Assert.Equal("Harbour Coffee",
            (await admin.ForSite(site.Wix.Site.Id).SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName);
    }

    [Fact]
    public async Task A_worker_without_a_web_server_can_use_it()
    {
        await using var wix = await WixEmulator.StartAsync();
        // which validates the services
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Development });
        builder.Services.AddWix(options =>
        {
            options.ApiBaseAddress = wix.Address;
            (options.ClientId, options.ClientSecret) = (wix.App.ClientId, new(wix.App.ClientSecret));
            (options.ApiKey, options.SiteId) = (new(wix.ApiKey.Value), wix.Site.Id);
        });
        using var host = builder.Build();
        await host.StartAsync();

        Assert.Equal("Harbour Coffee",
            (await host.Services.GetRequiredService<AdminWixClient>().SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_hosted_service_keeps_the_client_from_the_start_to_the_end()
    {
        await using var site = await StartAsync(build: static builder =>
        {
            builder.Services.AddSingleton<Report>();
            builder.Services.AddHostedService(static services => services.GetRequiredService<Report>());
        });

        Assert.Equal("Harbour Coffee", await site.Services.GetRequiredService<Report>().FirstAsync());
        Assert.Contains(site.Logs.Of("ElevationAudit"), line =>
            line.StartsWith(
                $"API key call outside requests with wix-site-id {site.Wix.Site.Id}: GET /site-properties/v4/properties answered 200",
                StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/parameter")]
    [InlineData("/located")]
    [InlineData("/scope")]
    [InlineData("/account")]
    [InlineData("/singleton")]
    [InlineData("/early")]
    public async Task S01_In_a_request_that_no_guard_has_let_pass_every_call_is_refused(string path)
    {
        await using var site = await StartAsync(build: static builder => builder.Services.AddSingleton<Keeper>());
        _ = site.Services.GetRequiredService<Keeper>(); // made outside any request

        foreach (var token in new[] { null, site.Wix.IssueToken(EmulatedIdentity.Member()), site.Wix.IssueToken(EmulatedIdentity.App()) })
            Assert.Equal("refused: Elevate True", (await site.GetAsync(path, token)).Body);

        Assert.Equal(0, site.Wix.CountOf(WixSite.GetSiteProperties));
        Assert.Equal(0, site.Wix.CountOf(ListSites));
    }

    [Fact]
    public async Task S09_A_singleton_that_is_made_during_a_request_is_not_tied_to_it()
    {
        await using var site = await StartAsync(build: static builder => builder.Services.AddSingleton<Keeper>());

        Assert.Equal("refused: Elevate True", (await site.GetAsync("/singleton")).Body); // makes it
        Assert.Equal("Harbour Coffee", (await site.GetAsync("/kept", site.Wix.IssueToken(EmulatedIdentity.User()))).Body);
        Assert.Equal("Harbour Coffee", await NameAsync(site.Services.GetRequiredService<Keeper>().Wix));
        Assert.Equal("refused: Elevate True", (await site.GetAsync("/singleton")).Body);
    }

    [Fact]
    public async Task Behind_a_guard_it_works_for_those_who_may_call_and_each_call_is_recorded_with_the_caller()
    {
        await using var site = await StartAsync();
        var user = site.Wix.IssueToken(EmulatedIdentity.User("olivia"));

        Assert.Equal("Harbour Coffee", (await site.GetAsync("/guarded", user)).Body);
        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync("/guarded", site.Wix.IssueToken(EmulatedIdentity.Member()))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/guarded")).Status);

        Assert.Equal(site.Wix.ApiKey.Value, Assert.Single(site.Wix.CallsTo(WixSite.GetSiteProperties)).Header("Authorization"));
        var record = Assert.Single(site.Logs.Of("ElevationAudit"));
        Assert.StartsWith("API key call: HTTP: GET /guarded", record, StringComparison.Ordinal);
        Assert.All(["User olivia", $"wix-site-id {site.Wix.Site.Id}", "GET /site-properties/v4/properties answered 200"],
            text => Assert.Contains(text, record, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_Only_leaves_out_the_key_may_not_do_either()
    {
        await using var site = await StartAsync();

        Assert.Equal("refused: Elevate True", (await site.GetAsync("/narrow", site.Wix.IssueToken(EmulatedIdentity.User()))).Body);

        Assert.Empty(site.Wix.CallsTo(WixSite.GetSiteProperties));
        Assert.Contains(site.Logs.Of("ElevationAudit"),
            static line => line.StartsWith("Elevated call denied: HTTP: GET /narrow", StringComparison.Ordinal));
    }

    [Fact]
    public async Task S08_What_a_handler_kept_or_left_running_fails_after_it()
    {
        AdminWixClient? kept = null;
        var mayGoOn = new TaskCompletionSource();
        Task? left = null;
        await using var site = await StartAsync(map: app => app.MapGet("/leave", (AdminWixClient wix) =>
        {
            kept = wix;
            left = Task.Run(async () =>
            {
                await mayGoOn.Task;
                await wix.ForSite("another").SiteProperties.GetSitePropertiesAsync();
            });
        }).Elevate(Callers.User));
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/leave", site.Wix.IssueToken(EmulatedIdentity.User()))).Status);
        mayGoOn.SetResult();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => left!);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => kept!.SiteProperties.GetSitePropertiesAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => kept!.ForAccount().FetchWithAuthAsync(HttpMethod.Get, "/x"));
        Assert.Empty(site.Wix.CallsTo(WixSite.GetSiteProperties));
    }

    [Fact]
    public async Task S08_What_a_request_without_a_guard_left_running_is_no_job()
    {
        var mayGoOn = new TaskCompletionSource();
        Task? left = null, scoped = null, started = null;
        await using var site = await StartAsync(
            map: app => app.MapGet("/leave", () =>
            {
                left = Task.Run(async () =>
                {
                    await mayGoOn.Task;
                    await app.Services.GetRequiredService<Keeper>().Wix.SiteProperties.GetSitePropertiesAsync();
                });
                scoped = Task.Run(async () =>
                {
                    await mayGoOn.Task;
                    await using var scope = app.Services.CreateAsyncScope();
                    await scope.ServiceProvider.GetRequiredService<AdminWixClient>().SiteProperties.GetSitePropertiesAsync();
                });
                using (ExecutionContext.SuppressFlow())
                {
                    started = Task.Run(async () =>
                    {
                        await mayGoOn.Task;
                        await app.Services.GetRequiredService<Keeper>().Wix.SiteProperties.GetSitePropertiesAsync();
                    });
                }
            }),
            build: static builder => builder.Services.AddSingleton<Keeper>());

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/leave")).Status);
        mayGoOn.SetResult();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => left!);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => scoped!);
        await started!; // says of itself that it is no request's
        Assert.Single(site.Wix.CallsTo(WixSite.GetSiteProperties));
    }

    [Theory]
    [InlineData("Kept")]
    [InlineData("Own")]
    public async Task S01_A_hub_that_is_called_by_long_polling_can_not_use_the_key(string method)
    {
        await using var site = await StartAsync(
            map: static app => app.MapHub<KeyHub>("/hub"),
            build: static builder =>
            {
                builder.Services.AddSignalR();
                builder.Services.AddSingleton<Keeper>();
            });
        var negotiated = await site.SendAsync("POST", "/hub/negotiate?negotiateVersion=1");
        var connection = "/hub?id=" + negotiated.Json.GetProperty("connectionToken").GetString();
        await site.GetAsync(connection);
        await SendAsync("""{"protocol":"json","version":1}""");
        await site.GetAsync(connection);
        await SendAsync($$"""{"type":1,"invocationId":"1","target":"{{method}}","arguments":[]}""");

        Assert.Contains("\"result\":\"refused\"", (await site.GetAsync(connection)).Body, StringComparison.Ordinal);
        Assert.Empty(site.Wix.CallsTo(WixSite.GetSiteProperties));

        async Task SendAsync(string message)
        {
            using var content = new StringContent(message + "\u001e");
            await site.SendAsync("POST", connection, content: content);
        }
    }

    [Fact]
    public async Task A_failure_of_the_keys_own_is_not_told_to_the_caller_as_the_callers()
    {
        await using var site = await StartAsync(permissions: []);

        var answer = await site.GetAsync("/guarded", site.Wix.IssueToken(EmulatedIdentity.User()));

        Assert.Equal((HttpStatusCode.BadGateway, "wix-failed"), (answer.Status, answer.Problem));
    }

    private static async Task<string?> NameAsync(AdminWixClient wix) =>
        (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName;

    /// <summary>The outcome of a call: the site's name, or a refusal and whether its message names the remedy.</summary>
    private static async Task<string> TryAsync(Func<Task<string?>> call)
    {
        try
        {
            return await call() ?? "";
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            return $"refused: Elevate {e.Message.Contains("[Elevate", StringComparison.Ordinal)}";
        }
    }

    private static async Task<WixSite> StartAsync(
        Action<WixOptions>? configure = null, Action<WebApplicationBuilder>? build = null, Action<WebApplication>? map = null,
        string[]? permissions = null)
    {
        var limited = permissions is null ? null : $"IST.{Guid.NewGuid():N}";
        var site = await WixSite.StartAsync(
            app =>
            {
                app.Use(async (context, next) =>
                {
                    // A middleware of the application, before any endpoint.
                    if (context.Request.Path == "/early")
                        await context.Response.WriteAsync(
                            await TryAsync(() => NameAsync(context.RequestServices.GetRequiredService<AdminWixClient>())));
                    else
                        await next(context);
                });
                app.MapGet("/open", () => "open");
                app.MapGet("/parameter", (AdminWixClient wix) => TryAsync(() => NameAsync(wix)));
                app.MapGet("/located",
                    (HttpContext context, CancellationToken _) =>
                        TryAsync(() => NameAsync(context.RequestServices.GetRequiredService<AdminWixClient>())));
                app.MapGet("/scope", async (IServiceScopeFactory scopes) =>
                {
                    await using var scope = scopes.CreateAsyncScope();
                    return await TryAsync(() => NameAsync(scope.ServiceProvider.GetRequiredService<AdminWixClient>()));
                });
                app.MapGet("/account",
                    (AdminWixClient wix) =>
                        TryAsync(async () =>
                            (await wix.ForAccount().FetchWithAuthAsync(HttpMethod.Post, "/site-list/v2/sites/query")).Status.ToString()));
                app.MapGet("/singleton",
                    (HttpContext context, CancellationToken _) =>
                        TryAsync(() => NameAsync(context.RequestServices.GetRequiredService<Keeper>().Wix)));
                app.MapGet("/kept",
                    (HttpContext context, CancellationToken _) =>
                        TryAsync(() => NameAsync(context.RequestServices.GetRequiredService<Keeper>().Wix))).Elevate(Callers.User);
                app.MapGet("/guarded", NameAsync).Elevate(Callers.User);
                app.MapGet("/narrow", (AdminWixClient wix) => TryAsync(() => NameAsync(wix)))
                    .Elevate(Callers.User, options => options.Only = ["GET /nothing"]);
                map?.Invoke(app);
            },
            options =>
            {
                options.ApiKey = limited is null ? options.ApiKey : new(limited);
                configure?.Invoke(options);
            },
            build);
        if (limited is not null)
            site.Wix.AddApiKey("limited", permissions, value: limited);
        return site;
    }

    /// <summary>A singleton of the application that holds the client.</summary>
    private sealed class Keeper(AdminWixClient wix)
    {
        public AdminWixClient Wix { get; } = wix;
    }

    /// <summary>Work that runs beside all requests.</summary>
    private sealed class Report(AdminWixClient wix, IHostApplicationLifetime lifetime) : BackgroundService
    {
        private readonly TaskCompletionSource _mayBegin = new();
        private readonly TaskCompletionSource<string?> _first = new();

        public Task<string?> FirstAsync()
        {
            _mayBegin.TrySetResult();
            return _first.Task;
        }

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await _mayBegin.Task;
            try
            {
                _first.SetResult(await NameAsync(wix));
            }
            catch (Exception e)
            {
                _first.SetException(e);
                lifetime.StopApplication();
            }
        }
    }

    private sealed class KeyHub(Keeper keeper, AdminWixClient own) : Hub
    {
        public Task<string?> Kept() => TryAsync(keeper.Wix);

        public Task<string?> Own() => TryAsync(own);

        private static async Task<string?> TryAsync(AdminWixClient wix)
        {
            try
            {
                return (await wix.SiteProperties.GetSitePropertiesAsync()).Version;
            }
            catch (Exception e) when (e is InvalidOperationException)
            {
                return "refused";
            }
        }
    }
}
