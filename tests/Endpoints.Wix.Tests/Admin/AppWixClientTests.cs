using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.Extensions.Configuration;

namespace Endpoints.Wix.Tests.Admin;

/// <summary>
/// The app on an instance of its own choice: free in jobs, and behind guards in requests, for the caller's own instance only.
/// </summary>
public sealed class AppWixClientTests
{
    [Fact]
    public async Task A_job_acts_as_the_app_on_the_configured_instance_and_on_one_that_is_named()
    {
        await using var site = await StartAsync();
        var other = site.Wix.AddSite("Hill Bakery");
        var there = site.Wix.App.InstallOn(other);
        var app = site.Services.GetRequiredService<AppWixClient>();

        Assert.Equal("Harbour Coffee", await NameAsync(app));
        Assert.Equal("Hill Bakery", await NameAsync(app.ForInstance(there)));
        Assert.Equal("Harbour Coffee", await NameAsync(app));

        Assert.All(site.Wix.CallsTo(WixSite.GetSiteProperties), static call => Assert.Equal(EmulatedIdentityKind.App, call.Caller?.Kind));
        Assert.Equal(2, site.Wix.CountOf(WixSite.Tokens)); // one for each instance
        Assert.Contains(site.Logs.Of("ElevationAudit"), line =>
            line.StartsWith($"App call outside requests as instance {there}: GET /site-properties/v4/properties answered 200",
                StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_instance_on_which_the_app_is_not_installed_is_refused_by_Wix_and_nothing_is_sent()
    {
        await using var site = await StartAsync();

        var refusal =
            await Assert.ThrowsAsync<WixApiException>(
                () => NameAsync(site.Services.GetRequiredService<AppWixClient>().ForInstance(Guid.NewGuid().ToString())));

        Assert.Contains("does not issue a token", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(site.Wix.CallsTo(WixSite.GetSiteProperties));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\nb")]
    [InlineData("ä")]
    public async Task What_can_not_be_an_instance_id_is_none(string instanceId)
    {
        await using var site = await StartAsync();

        Assert.Throws<ArgumentException>(() => site.Services.GetRequiredService<AppWixClient>().ForInstance(instanceId));
    }

    [Theory]
    [InlineData("/parameter", false)]
    [InlineData("/located", false)]
    [InlineData("/scope", false)]
    [InlineData("/singleton", false)]
    [InlineData("/parameter", true)]
    [InlineData("/located", true)]
    [InlineData("/scope", true)]
    [InlineData("/singleton", true)]
    public async Task S01_In_a_request_that_no_guard_has_let_pass_every_call_is_refused(string path, bool isClientAddedBefore)
    {
        await using var site = await StartAsync(isClientAddedBefore);
        _ = site.Services.GetRequiredService<Keeper>(); // made outside any request

        foreach (var token in new[] { null, site.Wix.IssueToken(EmulatedIdentity.Member()), site.Wix.IssueToken(EmulatedIdentity.App()) })
            Assert.Equal("refused: Elevate True", (await site.GetAsync(path, token)).Body);

        Assert.Equal(0, site.Wix.CountOf(WixSite.GetSiteProperties));
        Assert.Equal(0, site.Wix.CountOf(WixSite.Tokens));
    }

    [Fact]
    public async Task Behind_a_guard_it_works_on_the_callers_own_instance_and_each_call_is_recorded_with_the_caller()
    {
        await using var site = await StartAsync();
        var user = site.Wix.IssueToken(EmulatedIdentity.User("olivia"));

        Assert.Equal("Harbour Coffee", (await site.GetAsync("/guarded", user)).Body);
        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync("/guarded", site.Wix.IssueToken(EmulatedIdentity.Member()))).Status);

        var record = Assert.Single(site.Logs.Of("ElevationAudit"));
        Assert.StartsWith("Elevated call: HTTP: GET /guarded", record, StringComparison.Ordinal);
        Assert.Contains("User olivia", record, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S06_Behind_a_guard_no_other_instance_can_be_named()
    {
        await using var site = await StartAsync();
        var there = site.Wix.App.InstallOn(site.Wix.AddSite("Hill Bakery"));

        var answer = await site.GetAsync("/named?instance=" + there, site.Wix.IssueToken(EmulatedIdentity.User()));

        Assert.Equal("refused: Elevate False", answer.Body);
        Assert.Empty(site.Wix.CallsTo(WixSite.GetSiteProperties));
        Assert.Equal(0, site.Wix.CountOf(WixSite.Tokens));
    }

    [Fact]
    public async Task What_Only_leaves_out_the_app_may_not_do_either()
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
        AppWixClient? kept = null;
        var mayGoOn = new TaskCompletionSource();
        Task? left = null;
        await using var site = await StartAsync(map: app => app.MapGet("/leave", (AppWixClient wix) =>
        {
            kept = wix;
            left = Task.Run(async () =>
            {
                await mayGoOn.Task;
                await wix.SiteProperties.GetSitePropertiesAsync();
            });
        }).Elevate(Callers.User));
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/leave", site.Wix.IssueToken(EmulatedIdentity.User()))).Status);
        mayGoOn.SetResult();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => left!);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => NameAsync(kept!));
        Assert.Empty(site.Wix.CallsTo(WixSite.GetSiteProperties));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whatever_the_order_of_both_calls_there_is_one_set_of_options(bool isClientAddedBefore)
    {
        await using var site = await StartAsync(isClientAddedBefore, client: static options => options.Resilience.MaxRetryAttempts = 5);

        var options = site.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<WixOptions>>().Value;

        Assert.Equal(5, options.Resilience.MaxRetryAttempts);
        Assert.Same(options, site.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<WixClientOptions>>().Value);
    }

    [Fact]
    public void A_program_without_credentials_is_told_what_to_set_and_a_key_is_enough()
    {
        using var nothing = new ServiceCollection().AddWixClient(new ConfigurationBuilder().Build()).BuildServiceProvider();
        using var key = new ServiceCollection().AddWixClient(static options => options.ApiKey = new("IST.key")).BuildServiceProvider();

        Assert.Contains("WIX_CLIENT_ID",
            Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(nothing.GetRequiredService<AppWixClient>).Message,
            StringComparison.Ordinal);
        Assert.NotNull(key.GetRequiredService<AdminWixClient>());
        Assert.Contains("Wix:ClientSecret", Assert.Throws<InvalidOperationException>(key.GetRequiredService<AppWixClient>).Message,
            StringComparison.Ordinal);
    }

    private static async Task<string?> NameAsync(AppWixClient wix) =>
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

    private static Task<WixSite> StartAsync(bool isClientAddedBefore = false, Action<WebApplication>? map = null,
        Action<WixClientOptions>? client = null) => WixSite.StartAsync(
        app =>
        {
            app.MapGet("/parameter", (AppWixClient wix) => TryAsync(() => NameAsync(wix)));
            app.MapGet("/located",
                (HttpContext context, CancellationToken _) =>
                    TryAsync(() => NameAsync(context.RequestServices.GetRequiredService<AppWixClient>())));
            app.MapGet("/scope", async (IServiceScopeFactory scopes) =>
            {
                await using var scope = scopes.CreateAsyncScope();
                return await TryAsync(() => NameAsync(scope.ServiceProvider.GetRequiredService<AppWixClient>()));
            });
            app.MapGet("/singleton",
                (HttpContext context, CancellationToken _) =>
                    TryAsync(() => NameAsync(context.RequestServices.GetRequiredService<Keeper>().Wix)));
            app.MapGet("/guarded", NameAsync).Elevate(Callers.User);
            app.MapGet("/named", (AppWixClient wix, string instance) => TryAsync(() => NameAsync(wix.ForInstance(instance))))
                .Elevate(Callers.User);
            app.MapGet("/narrow", (AppWixClient wix) => TryAsync(() => NameAsync(wix)))
                .Elevate(Callers.User, options => options.Only = ["GET /nothing"]);
            map?.Invoke(app);
        },
        build: builder =>
        {
            builder.Services.AddSingleton<Keeper>();
            if (!isClientAddedBefore)
                builder.Services.AddWixClient(client ?? (static _ => { }));
        },
        first: builder =>
        {
            if (isClientAddedBefore)
                builder.Services.AddWixClient(client ?? (static _ => { }));
        });

    /// <summary>A singleton of the application that holds the client.</summary>
    private sealed class Keeper(AppWixClient wix)
    {
        public AppWixClient Wix { get; } = wix;
    }
}
