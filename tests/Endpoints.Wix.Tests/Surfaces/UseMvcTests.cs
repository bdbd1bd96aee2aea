using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Endpoints.Wix.Tests.Surfaces;

/// <summary>MVC without endpoint routing, in each of its ways: what is elevated is guarded, and what can't be seen is said.</summary>
public sealed class UseMvcTests
{
    private static readonly Dictionary<string, Action<WebApplication>> Ways = new()
    {
        ["attributes"] = static app => app.UseMvc(),
        ["default route"] = static app => app.UseMvcWithDefaultRoute(),
        ["routes"] = static app => app.UseMvc(static routes => routes.MapRoute("all", "shop/{controller}/{action}")),
        ["branch"] = static app => app.Map("/old", static old => old.UseMvcWithDefaultRoute()),
        ["condition"] = static app => app.UseWhen(static _ => true, static branch => branch.UseMvcWithDefaultRoute()),
    };

    public static TheoryData<string, string> Rows => new()
    {
        { "attributes", "/attributed" }, { "default route", "/Old/In" }, { "routes", "/shop/Old/In" }, { "branch", "/old/Old/In" },
        { "branch", "/old/attributed" }, { "condition", "/Old/In" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task D10_Every_way_to_an_action_is_guarded_and_said_at_the_start(string way, string path)
    {
        await using var site = await StartAsync(Ways[way], typeof(OldController), typeof(AttributedController));

        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync(path)).Status);
        Assert.Equal((HttpStatusCode.OK, "in"), Of(await site.GetAsync(path, site.Wix.IssueToken(EmulatedIdentity.Member()))));
        Assert.Equal(2, site.Logs.Of("ActionWarnings").Count(static line => line.Contains("guard matrix", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task D10_What_is_mapped_as_endpoints_after_all_is_no_reason_for_a_warning()
    {
        await using var site = await StartAsync(static app => app.MapControllers(), typeof(AttributedController));

        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/attributed")).Status);
        Assert.DoesNotContain(site.Logs.Of("ActionWarnings"), static line => line.Contains("guard matrix", StringComparison.Ordinal));
    }

    [Fact]
    public async Task D10_An_elevated_page_is_guarded_and_said()
    {
        await using var site = await WixSite.StartAsync(static app => app.UseMvc(), build: static builder =>
            OnlyPages.AddTo(builder, ("/It", typeof(OldPage))).AddMvcOptions(static mvc => mvc.EnableEndpointRouting = false));

        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/It")).Status);
        Assert.Contains(site.Logs.Of("ActionWarnings"), static line => line.Contains("guard matrix", StringComparison.Ordinal));
    }

    [Fact]
    public async Task D10_A_limit_that_nothing_asks_stops_the_start()
    {
        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(Ways["attributes"], typeof(LimitedController)));

        Assert.Contains("[RateLimit] on ", failed.Message, StringComparison.Ordinal);
        Assert.Contains("LimitedController.In", failed.Message, StringComparison.Ordinal);
        Assert.Contains("UseRouting and UseEndpoints", failed.Message, StringComparison.Ordinal);
        await using var mapped = await StartAsync(static app => app.MapControllers(), typeof(LimitedController));
        Assert.Equal((200, 429), ((int)(await mapped.GetAsync("/limited")).Status, (int)(await mapped.GetAsync("/limited")).Status));
    }

    [Fact]
    public async Task D10_Beside_Elevate_a_limit_holds_there_too()
    {
        await using var site = await StartAsync(Ways["attributes"], typeof(BothController));

        Assert.Equal((200, 429), ((int)(await site.GetAsync("/both")).Status, (int)(await site.GetAsync("/both")).Status));
    }

    private static (HttpStatusCode, string) Of(Answer answer) => (answer.Status, answer.Body);

    private static Task<WixSite> StartAsync(Action<WebApplication> map, params Type[] controllers) => WixSite.StartAsync(
        map,
        build: builder =>
        {
            builder.Services.AddMvc(static mvc => mvc.EnableEndpointRouting = false);
            OnlyControllers.AddTo(builder, controllers);
        });

    [Elevate(Callers.Member)]
    internal sealed class OldController : Controller
    {
        public IActionResult In() => Ok("in");
    }

    [Route("attributed"), Elevate(Callers.Member)]
    internal sealed class AttributedController : Controller
    {
        [HttpGet]
        public IActionResult In() => Ok("in");
    }

    [Route("limited"), RateLimit("1/1h")]
    internal sealed class LimitedController : Controller
    {
        [HttpGet]
        public IActionResult In() => Ok("in");
    }

    [Route("both"), RateLimit("1/1h"), Elevate(Callers.Visitor)]
    internal sealed class BothController : Controller
    {
        [HttpGet]
        public IActionResult In() => Ok("in");
    }

    [Elevate(Callers.Member)]
    public sealed class OldPage : PageModel
    {
        public void OnGet() => ViewData["in"] = true;
    }
}
