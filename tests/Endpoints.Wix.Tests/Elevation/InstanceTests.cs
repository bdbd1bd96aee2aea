using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Elevation;

/// <summary>For which site elevation acts when Wix names no instance of the caller's.</summary>
public sealed class InstanceTests
{
    [Theory]
    [InlineData(Callers.Visitor)]
    [InlineData(Callers.Member)]
    [InlineData(Callers.User)]
    [InlineData(Callers.App)]
    public async Task S06_A_token_of_another_site_without_an_instance_never_acts_for_the_configured_one(Callers kind)
    {
        await using var site = await StartAsync();
        var other = site.Wix.AddSite("Other");
        site.Wix.App.InstallOn(other);
        var token = site.Wix.IssueToken(Identity(kind), options =>
        {
            options.For(site.Wix.App, other);
            options.InstanceId = null;
        });

        for (var i = 0; i < 3; i++)
        {
            var answer = await site.GetAsync("/", token);
            Assert.Equal((HttpStatusCode.Forbidden, "caller-not-allowed"), (answer.Status, answer.Problem));
        }

        Assert.Equal(0, site.Wix.CountOf(WixSite.GetSiteProperties));
        Assert.InRange(site.Wix.CountOf(WixSite.TokenInfo), 1, 2);
    }

    [Fact]
    public async Task S06_Nor_does_a_session_of_another_site()
    {
        await using var site = await StartAsync();
        var other = site.Wix.AddSite("Other");
        site.Wix.App.InstallOn(other);
        var session = site.Wix.IssueSession(EmulatedIdentity.Member("mallory"), options =>
        {
            options.For(site.Wix.App, other);
            options.InstanceId = null;
        });

        var answer = await site.GetAsync("/", cookie: SessionCookie.Of(site.Wix.App.ClientId, session));

        Assert.Equal((HttpStatusCode.Forbidden, "caller-not-allowed"), (answer.Status, answer.Problem));
        Assert.Equal(0, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Theory]
    [InlineData(Callers.Visitor, true, true)]
    [InlineData(Callers.Member, true, true)]
    [InlineData(Callers.User, true, false)]
    [InlineData(Callers.App, true, false)]
    [InlineData(Callers.Visitor, false, true)]
    [InlineData(Callers.Member, false, true)]
    [InlineData(Callers.User, false, false)]
    [InlineData(Callers.App, false, false)]
    public async Task The_configured_instance_stands_in_for_its_own_sites_visitors_and_members(Callers kind, bool namesSite, bool passes)
    {
        await using var site = await StartAsync();
        var token = site.Wix.IssueToken(Identity(kind), options =>
        {
            options.InstanceId = null;
            if (!namesSite)
                options.SiteId = null;
        });

        var answer = await site.GetAsync("/", token);

        Assert.Equal(passes ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal(passes ? "Harbour Coffee" : "caller-not-allowed", passes ? answer.Body : answer.Problem);
    }

    [Theory]
    [InlineData(Callers.Visitor, true)]
    [InlineData(Callers.Member, true)]
    [InlineData(Callers.User, false)]
    [InlineData(Callers.App, false)]
    public async Task A_headless_projects_visitors_and_members_are_its_own_sites(Callers kind, bool passes)
    {
        await using var site = await StartAsync(static options => options.InstanceId = null);

        var answer = await site.GetAsync("/", site.Wix.IssueToken(Identity(kind), static options => options.InstanceId = null));

        Assert.Equal(passes ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.Status);
    }

    [Fact]
    public async Task Wix_is_asked_once_on_which_site_the_instance_is_and_not_being_able_to_is_503()
    {
        await using var site = await StartAsync();
        site.Wix.On(WixSite.Tokens).Times(1).Fail(500);
        var tokens = Enumerable.Range(0, 5)
            .Select(i => site.Wix.IssueToken(EmulatedIdentity.Member($"m-{i}"), static options => options.InstanceId = null)).ToList();

        var down = await site.GetAsync("/", tokens[0]);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "wix-unavailable"), (down.Status, down.Problem));

        foreach (var token in tokens)
            Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/", token)).Status);
        Assert.Equal(tokens.Count + 1, site.Wix.CountOf(WixSite.TokenInfo));
    }

    [Fact]
    public async Task S06_An_instance_that_the_app_does_not_have_stands_in_for_nobody()
    {
        await using var site = await StartAsync(static options => options.InstanceId = "00000000-0000-0000-0000-00000000dead");

        var answer = await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.Member(), static options => options.InstanceId = null));

        Assert.Equal((HttpStatusCode.Forbidden, "caller-not-allowed"), (answer.Status, answer.Problem));
        Assert.Equal(0, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Fact]
    public async Task An_own_token_that_Wix_does_not_accept_is_not_asked_about_again_but_replaced()
    {
        await using var site = await StartAsync();
        var token = site.Wix.IssueToken(EmulatedIdentity.Member(), static options => options.InstanceId = null);
        site.Wix.On(WixSite.TokenInfo).After(1).Times(1).Answer(200, """{"active":false}""");

        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync("/", token)).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/", token)).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/", token)).Status);

        Assert.Equal(2, site.Wix.CountOf(WixSite.Tokens));
        Assert.Equal(3, site.Wix.CountOf(WixSite.TokenInfo));
    }

    private static EmulatedIdentity Identity(Callers kind) => kind switch
    {
        Callers.Visitor => EmulatedIdentity.Visitor(),
        Callers.Member => EmulatedIdentity.Member(),
        Callers.User => EmulatedIdentity.User(),
        _ => EmulatedIdentity.App(),
    };

    private static Task<WixSite> StartAsync(Action<WixOptions>? configure = null) => WixSite.StartAsync(
        app => app.MapGet(
            "/", async (ElevatedWixClient wix) => (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.SiteDisplayName)
            .Elevate(Callers.Visitor | Callers.Member | Callers.User | Callers.App),
        configure);
}
