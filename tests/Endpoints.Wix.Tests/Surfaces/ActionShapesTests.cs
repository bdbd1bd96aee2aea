using System.Net;
using System.Reflection;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Endpoints.Wix.Tests.Surfaces;

/// <summary>However an action is written and however it is reached, its guard stands before it.</summary>
public sealed class ActionShapesTests
{
    [Theory]
    [InlineData("/shapes/inherited")]
    [InlineData("/shapes/overridden")]
    [InlineData("/shapes/poco")]
    [InlineData("/shapes/renamed/another-name")]
    [InlineData("/shapes/first")]
    [InlineData("/shapes/second")]
    [InlineData("/areas/shop/attributed")]
    [InlineData("/Shop/Conventional/Index")]
    [InlineData("/shop/conventional")]
    [InlineData("/shop/conventional/index/7")]
    [InlineData("/dynamic/whatever")]
    [InlineData("/nothing-has-this-path")]
    public async Task S53_No_way_to_an_action_leads_past_its_guard(string path)
    {
        await using var site = await StartAsync();
        var member = site.Wix.IssueToken(EmulatedIdentity.Member());
        var user = site.Wix.IssueToken(EmulatedIdentity.User());

        var anonymous = await site.GetAsync(path);
        Assert.Equal((HttpStatusCode.Unauthorized, "not-authenticated"), (anonymous.Status, anonymous.Problem));
        Assert.Equal((HttpStatusCode.Forbidden, "caller-not-allowed"),
            ((await site.GetAsync(path, user)).Status, (await site.GetAsync(path, user)).Problem));
        Assert.Equal(0, site.Wix.CountOf(WixSite.GetSiteProperties));

        Assert.Equal("Harbour Coffee Ltd.", (await site.GetAsync(path, member)).Body);
        Assert.Equal(1, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    [Fact]
    public async Task S53_A_filter_for_all_actions_guards_those_that_say_nothing_themselves()
    {
        await using var site = await WixSite.StartAsync(
            app => app.MapControllers(),
            build: builder =>
            {
                OnlyControllers.AddTo(builder, typeof(SilentController), typeof(PocoController));
                builder.Services.Configure<MvcOptions>(options => options.Filters.Add(new ElevateAttribute(Callers.User)));
            });
        var member = site.Wix.IssueToken(EmulatedIdentity.Member());
        var user = site.Wix.IssueToken(EmulatedIdentity.User());

        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync("/shapes/silent", member)).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/shapes/silent", user)).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/shapes/poco", member)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync("/shapes/poco", user)).Status);
    }

    [Fact]
    public async Task S53_A_controller_that_is_added_after_the_start_is_guarded()
    {
        var late = new LateControllers();
        await using var site = await WixSite.StartAsync(
            app => app.MapControllers(),
            build: builder =>
            {
                builder.Services.AddSingleton<IActionDescriptorChangeProvider>(late);
                builder.Services.AddControllers().ConfigureApplicationPartManager(parts =>
                {
                    parts.FeatureProviders.Clear();
                    parts.FeatureProviders.Add(late);
                });
            });
        Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync("/shapes/poco")).Status);

        late.Add(typeof(PocoController));

        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/shapes/poco")).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/shapes/poco", site.Wix.IssueToken(EmulatedIdentity.Member()))).Status);
    }

    private static Task<WixSite> StartAsync() => WixSite.StartAsync(
        app =>
        {
            app.MapControllers();
            app.MapAreaControllerRoute("shop", "Shop", "shop/{controller}/{action=Index}/{id?}");
            app.MapDynamicControllerRoute<ToConventional>("/dynamic/{any}");
            app.MapFallbackToAreaController("Index", "Conventional", "Shop");
        },
        build: builder =>
        {
            builder.Services.AddSingleton<ToConventional>();
            OnlyControllers.AddTo(
                builder, typeof(InheritedController), typeof(OverriddenController), typeof(PocoController), typeof(RenamedController),
                typeof(TwiceController),
                typeof(AttributedController), typeof(ConventionalController));
        });

    private static async Task<string?> NameAsync(ElevatedWixClient wix) =>
        (await wix.SiteProperties.GetSitePropertiesAsync()).Properties.BusinessName;

    [Elevate(Callers.Member)]
    internal abstract class GuardedBase(ElevatedWixClient wix) : ControllerBase
    {
        protected ElevatedWixClient Wix => wix;
    }

    [Route("/shapes/inherited")]
    internal sealed class InheritedController(ElevatedWixClient wix) : GuardedBase(wix)
    {
        [HttpGet]
        public Task<string?> Get() => NameAsync(Wix);
    }

    internal abstract class VirtualBase : ControllerBase
    {
        [HttpGet]
        [Elevate(Callers.Member)]
        public abstract Task<string?> Get();
    }

    [Route("/shapes/overridden")]
    internal sealed class OverriddenController(ElevatedWixClient wix) : VirtualBase
    {
        public override Task<string?> Get() => NameAsync(wix);
    }

    [Route("/shapes/poco")]
    internal sealed class PocoController(ElevatedWixClient wix)
    {
        [HttpGet]
        [Elevate(Callers.Member)]
        public Task<string?> Get() => NameAsync(wix);
    }

    [Route("/shapes/renamed/[action]")]
    internal sealed class RenamedController(ElevatedWixClient wix) : ControllerBase
    {
        [HttpGet]
        [ActionName("another-name")]
        [Elevate(Callers.Member)]
        public Task<string?> GetAsync() => NameAsync(wix);
    }

    [Elevate(Callers.Member)]
    internal sealed class TwiceController(ElevatedWixClient wix) : ControllerBase
    {
        [HttpGet("/shapes/first")]
        [HttpGet("/shapes/second")]
        public Task<string?> Get() => NameAsync(wix);
    }

    [Area("Shop")]
    [Route("/areas/[area]/[controller]")]
    [Elevate(Callers.Member)]
    internal sealed class AttributedController(ElevatedWixClient wix) : Controller
    {
        [HttpGet]
        public Task<string?> Index() => NameAsync(wix);
    }

    [Area("Shop")]
    internal sealed class ConventionalController(ElevatedWixClient wix) : Controller
    {
        [Elevate(Callers.Member)]
        public Task<string?> Index() => NameAsync(wix);
    }

    [Route("/shapes/silent")]
    internal sealed class SilentController(ElevatedWixClient wix) : ControllerBase
    {
        [HttpGet]
        public Task<string?> Get() => NameAsync(wix);
    }

    private sealed class ToConventional : DynamicRouteValueTransformer
    {
        public override ValueTask<RouteValueDictionary> TransformAsync(HttpContext httpContext, RouteValueDictionary values) =>
            new(new RouteValueDictionary { ["area"] = "Shop", ["controller"] = "Conventional", ["action"] = "Index" });
    }

    private sealed class LateControllers : IActionDescriptorChangeProvider, IApplicationFeatureProvider<ControllerFeature>
    {
        private readonly List<Type> _types = [];
        private ConfigurationReloadToken _change = new();

        public IChangeToken GetChangeToken() => _change;

        public void PopulateFeature(IEnumerable<ApplicationPart> parts, ControllerFeature feature)
        {
            foreach (var type in _types)
                feature.Controllers.Add(type.GetTypeInfo());
        }

        public void Add(Type type)
        {
            _types.Add(type);
            var changed = _change;
            _change = new();
            changed.OnReload();
        }
    }
}
