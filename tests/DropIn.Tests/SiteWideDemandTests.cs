using Endpoints.Wix;
using Endpoints.Wix.Emulator;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DropIn.Tests;

/// <summary>What a site demands of everybody: [Elevate] decides on its endpoints, or the start says what to write.</summary>
public sealed class SiteWideDemandTests
{
    private static readonly Dictionary<string, (Action<WebApplicationBuilder> Add, Action<WebApplication> Map)> AuthorizeKinds = new()
    {
        ["filter instance"] = (Mvc(static mvc => mvc.Filters.Add(new AuthorizeFilter())), Controllers),
        ["filter service"] = (static builder =>
        {
            Mvc(static mvc => mvc.Filters.AddService<AuthorizeFilter>())(builder);
            builder.Services.AddSingleton(new AuthorizeFilter(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()));
        }, Controllers),
        ["convention"] = (Mvc(static mvc => mvc.Conventions.Add(new AllControllers())), Controllers),
        ["mapped controllers"] = (Mvc(static _ => { }), static app => app.MapControllers().RequireAuthorization()),
        ["group of controllers"] = (Mvc(static _ => { }), static app => app.MapGroup("").RequireAuthorization().MapControllers()),
        ["group of minimal APIs"] = (static _ => { }, static app =>
            app.MapGroup("/elevated").RequireAuthorization().MapGet("", static () => "in").Elevate(Callers.Visitor)),
        ["policy of a group"] = (static _ => { }, static app =>
            app.MapGroup("/elevated").RequireAuthorization(static policy => policy.RequireAuthenticatedUser())
                .MapGet("", static () => "in").Elevate(Callers.Visitor)),
    };

    public static TheoryData<string> Authorizes => [.. AuthorizeKinds.Keys];

    [Theory]
    [MemberData(nameof(Authorizes))]
    public async Task D8_A_login_that_is_demanded_of_all_endpoints_is_said_at_the_start(string kind)
    {
        await using var wix = await WixEmulator.StartAsync();
        var (add, map) = AuthorizeKinds[kind];
        await using var site = await StartAsync(wix, add, map);

        Assert.NotEqual(200, (await site.SendAsync("GET", "/elevated")).Status);
        Assert.Contains(site.Log.All, static line => line.Level == LogLevel.Warning
            && (line.Text.Contains("/elevated", StringComparison.Ordinal)
                || line.Text.Contains("ElevatedController.Read", StringComparison.Ordinal))
            && line.Text.Contains("[AllowAnonymous]", StringComparison.Ordinal));
    }

    private static readonly Dictionary<string, Action<WebApplicationBuilder>> AntiforgeryKinds = new()
    {
        ["instance"] = Mvc(static mvc => mvc.Filters.Add(new AutoValidateAntiforgeryTokenAttribute())),
        ["type"] = Mvc(static mvc => mvc.Filters.Add<AutoValidateAntiforgeryTokenAttribute>()),
        ["validate"] = Mvc(static mvc => mvc.Filters.Add<ValidateAntiForgeryTokenAttribute>()),
        ["convention"] = Mvc(static mvc => mvc.Conventions.Add(new AllTokens())),
    };

    public static TheoryData<string> Antiforgeries => [.. AntiforgeryKinds.Keys];

    [Theory]
    [MemberData(nameof(Antiforgeries))]
    public async Task D8_A_token_that_is_demanded_of_all_actions_is_said_at_the_start(string kind)
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var site = await StartAsync(wix, AntiforgeryKinds[kind], Controllers);

        var user = ("Authorization", wix.IssueToken(EmulatedIdentity.User()));
        Assert.Equal(400, (await site.SendAsync("POST", "/elevated", null, user)).Status);
        Assert.Contains(site.Log.All, static line => line.Level == LogLevel.Warning
            && line.Text.Contains("ElevatedController.Write", StringComparison.Ordinal)
            && line.Text.Contains("[IgnoreAntiforgeryToken]", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task D8_An_elevated_form_needs_no_antiforgery_token_whatever_the_site_uses(bool uses)
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var site = await StartAsync(wix, static builder => builder.Services.AddAntiforgery(), app =>
        {
            if (uses)
                app.UseAntiforgery();
            app.MapPost("/form", static ([FromForm] string text) => text).Elevate(Callers.Visitor | Callers.User);
            app.MapPost("/demanding", [Microsoft.AspNetCore.Antiforgery.RequireAntiforgeryToken] static ([FromForm] string text) => text)
                .Elevate(Callers.User);
            app.MapPost("/json", [Microsoft.AspNetCore.Antiforgery.RequireAntiforgeryToken] static (Order order) => order.Name)
                .Elevate(Callers.User);
            app.MapPost("/own", static ([FromForm] string text) => text);
        });
        FormUrlEncodedContent Form() => new([new("text", "hello")]);

        var user = ("Authorization", wix.IssueToken(EmulatedIdentity.User()));
        Assert.Equal((200, "hello"), await site.SendAsync("POST", "/form", Form(), user));
        Assert.Equal((200, "hello"), await site.SendAsync("POST", "/form", Form()));
        Assert.Equal(403, (await site.SendAsync("POST", "/form", Form(), ("Origin", "https://elsewhere.example"))).Status);
        if (!uses)
            return;
        Assert.Equal(400, (await site.SendAsync("POST", "/own", Form())).Status);
        foreach (var (path, content) in ((string, HttpContent)[])
            [("/demanding", Form()), ("/json", System.Net.Http.Json.JsonContent.Create(new Order("x")))])
        {
            var (status, body) = await site.SendAsync("POST", path, content, user);
            Assert.Equal((path, 400), (path, status));
            Assert.Contains("urn:endpoints:problem:antiforgery", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task D8_A_fallback_policy_keeps_nobody_from_what_the_packages_map()
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var site = await StartAsync(
            wix,
            static builder =>
            {
                builder.Services.AddSignalR();
                builder.Services.AddControllersWithViews().AddApplicationPart(typeof(SiteWideDemandTests).Assembly);
                builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(
                    new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
            },
            static app =>
            {
                app.MapWixAuth();
                app.MapWixInstallation();
                app.MapControllers();
                app.MapControllerRoute("default", "{controller}/{action}");
                app.MapHub<Talk>("/talk").Elevate(Callers.Visitor);
                app.MapGroup("/group").Elevate(Callers.Visitor).MapGet("/in", static () => "in");
                app.MapFallback("/else/{*rest}", static () => "in").Elevate(Callers.Visitor);
            });
        var user = ("Authorization", wix.IssueToken(EmulatedIdentity.User()));

        foreach (var path in (string[])["/api/auth/login", "/api/auth/callback", "/api/auth/logout", "/api/install",
            "/api/install/callback"])
            Assert.DoesNotContain("/Account/Login", await LocationAsync(site, path), StringComparison.Ordinal);
        Assert.Equal((200, "in"), await site.SendAsync("POST", "/elevated", null, user));
        Assert.Equal((200, "in"), await site.SendAsync("GET", "/Conventional/In"));
        Assert.Equal((200, "in"), await site.SendAsync("GET", "/group/in"));
        Assert.Equal((200, "in"), await site.SendAsync("GET", "/else/where"));
        Assert.Equal(200, (await site.SendAsync("POST", "/talk/negotiate?negotiateVersion=1")).Status);
    }

    private static async Task<string> LocationAsync(SmallSite site, string path)
    {
        using var response = await site.Client.GetAsync(path);
        return response.Headers.Location?.ToString() ?? $"{(int)response.StatusCode}";
    }

    private static void Controllers(WebApplication app) => app.MapControllers();

    private static Action<WebApplicationBuilder> Mvc(Action<MvcOptions> configure) => builder =>
        builder.Services.AddControllersWithViews(configure).AddApplicationPart(typeof(SiteWideDemandTests).Assembly);

    public static TheoryData<string> Deliberate => ["handler", "class", "scheme", "anonymous"];

    [Theory]
    [MemberData(nameof(Deliberate))]
    public async Task D8_What_is_written_for_the_endpoint_itself_is_no_mistake(string kind)
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var site = await StartAsync(wix, Mvc(static _ => { }), app =>
        {
            var group = kind is "handler" or "class" ? app.MapGroup("") : kind switch
            {
                "scheme" => app.MapGroup("").RequireAuthorization(static policy => policy.RequireAuthenticatedUser()
                    .AddAuthenticationSchemes(CookieAuthenticationDefaults.AuthenticationScheme)),
                "anonymous" => app.MapGroup("").RequireAuthorization().AllowAnonymous(),
                _ => app.MapGroup(""),
            };
            if (kind == "class")
                group.MapControllers();
            else if (kind == "handler")
                group.MapGet("/both", [Authorize] static () => "in").Elevate(Callers.Visitor);
            else
                group.MapGet("/both", static () => "in").Elevate(Callers.Visitor);
        });

        Assert.DoesNotContain(site.Log.All, static line => line.Text.Contains("demands a login", StringComparison.Ordinal));
    }

    private static Task<SmallSite> StartAsync(WixEmulator wix, Action<WebApplicationBuilder> add, Action<WebApplication> map) =>
        SmallSite.StartAsync(
            builder =>
            {
                builder.Services.AddWix(options =>
                {
                    (options.ClientId, options.ClientSecret) = (wix.App.ClientId, new(wix.App.ClientSecret));
                    options.ApiBaseAddress = wix.Address;
                    options.PublicOrigin = new("http://localhost");
                });
                builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
                builder.Services.AddAuthorization();
                add(builder);
            },
            app =>
            {
                app.UseAuthentication();
                app.UseAuthorization();
                map(app);
            });

    public sealed record Order(string Name);

    private sealed class Talk : Hub;

    private sealed class AllControllers : IControllerModelConvention
    {
        public void Apply(ControllerModel controller) =>
            controller.Filters.Add(new AuthorizeFilter(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()));
    }

    private sealed class AllTokens : IControllerModelConvention
    {
        public void Apply(ControllerModel controller) => controller.Filters.Add(new AutoValidateAntiforgeryTokenAttribute());
    }
}

[Elevate(Callers.Visitor)]
public sealed class ConventionalController : Controller
{
    public IActionResult In() => Ok("in");
}

[ApiController, Route("both"), Authorize, Elevate(Callers.Visitor)]
public sealed class BothController : ControllerBase
{
    [HttpGet]
    public IActionResult Read() => Ok("in");
}
