using System.Net;
using System.Security.Claims;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Endpoints.Wix.Tests.Identification;

/// <summary>The scheme <c>Wix</c> beside what the application has.</summary>
public sealed class AuthenticationTests
{
    [Fact]
    public async Task A_plain_Authorize_lets_members_users_and_apps_in_and_visitors_not()
    {
        await using var site =
            await WixSite.StartAsync(
                app => app.MapGet("/", (ClaimsPrincipal user) => $"{user.FindFirstValue(ClaimTypes.Role)} {user.Identity!.Name}")
                    .RequireAuthorization());

        Assert.Equal("Member alice", (await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.Member("alice")))).Body);
        Assert.Equal("User bob", (await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.User("bob")))).Body);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.App()))).Status);

        var anonymous = await site.GetAsync("/");
        Assert.Equal((HttpStatusCode.Unauthorized, "not-authenticated"), (anonymous.Status, anonymous.Problem));
        var wrong = await site.GetAsync("/", "wrong");
        Assert.Equal((HttpStatusCode.Unauthorized, "token-not-accepted"), (wrong.Status, wrong.Problem));
        Assert.Contains((await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.Visitor()))).Status,
            new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
    }

    [Theory]
    [InlineData("/takes-the-caller")]
    [InlineData("/takes-nothing")]
    public async Task Whom_guards_identify_nobody_knows_before_them(string path)
    {
        var before = new List<string?>();
        await using var site = await WixSite.StartAsync(app =>
        {
            app.UseAuthentication();
            app.Use((context, next) =>
            {
                before.Add(context.User.Identity?.Name);
                return next();
            });
            app.UseAuthorization();
            app.MapGet("/takes-the-caller", (Caller caller, ClaimsPrincipal user) => $"{caller.Id} {user.Identity!.Name}")
                .Elevate(Callers.Member);
            app.MapGet("/takes-nothing",
                (ClaimsPrincipal user) => $"{user.FindFirstValue(ClaimTypes.NameIdentifier)} {user.Identity!.Name}")
                .Elevate(Callers.Member);
            app.MapGet("/authorized", (Caller caller) => caller.Id).RequireAuthorization().Elevate(Callers.Member);
        });
        var alice = site.Wix.IssueToken(EmulatedIdentity.Member("alice"));

        Assert.Equal("alice alice", (await site.GetAsync(path, alice)).Body);
        Assert.Equal("alice", (await site.GetAsync("/authorized", alice)).Body);

        Assert.Equal([null, "alice"], before);
        Assert.Equal(1, site.Wix.CountOf(WixSite.TokenInfo));
    }

    [Fact]
    public async Task A_policy_can_tell_callers_by_site_instance_and_client()
    {
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", (ClaimsPrincipal user) => string.Join(' ',
            user.FindFirstValue(WixDefaults.SiteIdClaim), user.FindFirstValue(WixDefaults.InstanceIdClaim),
            user.FindFirstValue(WixDefaults.ClientIdClaim))).RequireAuthorization());

        var answer = await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.Member()));

        Assert.Equal($"{site.Wix.Site.Id} {site.Wix.InstanceId} {site.Wix.App.ClientId}", answer.Body);
    }

    [Fact]
    public async Task When_Wix_cant_be_asked_an_authorized_endpoint_answers_503()
    {
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", () => "in").RequireAuthorization());
        site.Wix.On(WixSite.TokenInfo).Fail(500);

        var answer = await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.Member()));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "wix-unavailable"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task Roles_and_named_schemes_work()
    {
        await using var site = await WixSite.StartAsync(
            app =>
            {
                app.MapGet("/role", [Authorize(Roles = "Member", AuthenticationSchemes = WixDefaults.AuthenticationScheme)] () => "in");
                app.MapGet("/asked",
                    async (HttpContext context) =>
                        (await context.AuthenticateAsync(WixDefaults.AuthenticationScheme)).Principal?.Identity?.Name);
            },
            build: builder => builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, EverybodyIsHost>("Host", null));
        var member = site.Wix.IssueToken(EmulatedIdentity.Member("alice"));

        Assert.Equal("in", (await site.GetAsync("/role", member)).Body);
        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync("/role", site.Wix.IssueToken(EmulatedIdentity.User()))).Status);
        Assert.Equal("alice", (await site.GetAsync("/asked", member)).Body);
    }

    [Fact]
    public async Task An_endpoint_that_asks_by_name_gets_an_answer_where_Wix_is_the_default()
    {
        await using var site = await WixSite.StartAsync(app =>
            app.MapGet("/",
                async (HttpContext context) =>
                    (await context.AuthenticateAsync(WixDefaults.AuthenticationScheme)).Principal?.Identity?.Name));

        Assert.Equal("alice", (await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.Member("alice")))).Body);
    }

    [Fact]
    public async Task S66_The_scheme_knows_nobody_any_more_when_the_callers_right_has_ended()
    {
        var clock = new TestClock();
        await using var site = await WixSite.StartAsync(
            app => app.MapGet("/", async (HttpContext context) =>
            {
                var before = await context.AuthenticateAsync(WixDefaults.AuthenticationScheme);
                var again = await context.AuthenticateAsync(WixDefaults.AuthenticationScheme);
                clock.Advance(TimeSpan.FromSeconds(3));
                var after = await context.AuthenticateAsync(WixDefaults.AuthenticationScheme);
                return string.Join(' ', new[] { before, again, after }.Select(static known => known.Principal?.Identity?.Name ?? "nobody"));
            }),
            clock: clock);
        var token = site.Wix.IssueToken(EmulatedIdentity.Member("alice"), static options => options.Lifetime = TimeSpan.FromSeconds(3));

        Assert.Equal("alice alice nobody", (await site.GetAsync("/", token)).Body);

        Assert.Equal(1, site.Wix.CountOf(WixSite.TokenInfo));
    }

    [Fact]
    public async Task The_applications_only_scheme_stays_the_default()
    {
        await using var site = await WixSite.StartAsync(
            app => app.MapGet("/", (ClaimsPrincipal user) => user.Identity!.AuthenticationType).RequireAuthorization(),
            build: builder => builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, EverybodyIsHost>("Host", null));

        Assert.Equal("Host", (await site.GetAsync("/")).Body);
        Assert.Equal(
            "Host", (await site.Services.GetRequiredService<IAuthenticationSchemeProvider>().GetDefaultAuthenticateSchemeAsync())?.Name);
        Assert.Equal(
            "Host", (await site.Services.GetRequiredService<IAuthenticationSchemeProvider>().GetDefaultChallengeSchemeAsync())?.Name);
        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task An_application_with_two_schemes_and_no_default_has_none_still()
    {
        await using var site = await WixSite.StartAsync(build: builder => builder.Services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, EverybodyIsHost>("One", null)
            .AddScheme<AuthenticationSchemeOptions, EverybodyIsHost>("Two", null));

        Assert.Null(await site.Services.GetRequiredService<IAuthenticationSchemeProvider>().GetDefaultAuthenticateSchemeAsync());
    }

    [Fact]
    public async Task An_applications_stated_default_stays()
    {
        await using var site = await WixSite.StartAsync(build: builder => builder.Services.AddAuthentication("Two")
            .AddScheme<AuthenticationSchemeOptions, EverybodyIsHost>("One", null)
            .AddScheme<AuthenticationSchemeOptions, EverybodyIsHost>("Two", null));

        Assert.Equal(
            "Two", (await site.Services.GetRequiredService<IAuthenticationSchemeProvider>().GetDefaultAuthenticateSchemeAsync())?.Name);
    }

    [Fact]
    public async Task An_elevated_handler_sees_the_wix_caller_first_and_the_applications_user_too()
    {
        await using var site = await WixSite.StartAsync(
            app => app.MapGet("/", (ClaimsPrincipal user) => string.Join(' ', user.Identities.Select(static identity => identity.Name)))
                .Elevate(Callers.Member),
            build: builder => builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, EverybodyIsHost>("Host", null));

        Assert.Equal("alice host-user", (await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.Member("alice")))).Body);
    }

    [Fact]
    public async Task An_elevated_handler_sees_nobody_twice_and_nobody_who_is_not_known()
    {
        await using var site = await WixSite.StartAsync(app =>
        {
            app.UseAuthentication();
            app.Use(static (context, next) =>
            {
                context.User.AddIdentity(new([new(ClaimTypes.Name, "who-says-so")])); // of no scheme
                return next();
            });
            app.UseAuthorization();
            app.MapGet("/", (ClaimsPrincipal user) => string.Join(' ', user.Identities.Select(static identity => identity.Name)))
                .RequireAuthorization().Elevate(Callers.Member);
        });

        Assert.Equal("alice", (await site.GetAsync("/", site.Wix.IssueToken(EmulatedIdentity.Member("alice")))).Body);
    }

    [Fact]
    public async Task The_applications_user_does_not_meet_a_policy_for_the_wix_caller()
    {
        await using var site = await WixSite.StartAsync(
            app => app.MapGet("/", () => "in").Elevate(Callers.Visitor, options => options.Policy = "Named"),
            build: builder =>
            {
                builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, EverybodyIsHost>("Host", null);
                builder.Services.AddAuthorizationBuilder().AddPolicy("Named", policy => policy.RequireAuthenticatedUser());
            });

        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/")).Status);
    }

    [Fact]
    public async Task Where_Wix_is_the_default_a_client_over_its_limit_is_not_asked_about()
    {
        await using var site =
            await WixSite.StartAsync(
                app => app.MapGet("/", () => "in").Elevate(Callers.Member, options => options.RateLimit = "1/1m").RequireAuthorization());
        var token = site.Wix.IssueToken(EmulatedIdentity.Member());

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/", token)).Status);
        var limited = await site.GetAsync("/", "random");

        Assert.Equal((HttpStatusCode.TooManyRequests, "rate-limited"), (limited.Status, limited.Problem));
        Assert.Equal(1, site.Wix.CountOf(WixSite.TokenInfo));
    }

    private sealed class EverybodyIsHost(
        Microsoft.Extensions.Options.IOptionsMonitor<AuthenticationSchemeOptions> options,
        Microsoft.Extensions.Logging.ILoggerFactory logger,
        System.Text.Encodings.Web.UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.Success(
            new(new(new ClaimsIdentity([new(ClaimTypes.Name, "host-user")], "Host")), Scheme.Name)));
    }
}
