using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Wix.Tests.Surfaces.Guards;

/// <summary>Behavior that is particular to Razor Pages.</summary>
public sealed class PageTests
{
    [Theory]
    [InlineData("/it")]
    [InlineData("/Shop/It")]
    [InlineData("/dynamic/x")]
    [InlineData("/nothing/has/this/path")]
    [InlineData("/another-address")]
    public async Task S56_No_way_to_a_page_leads_past_its_guards(string path)
    {
        foreach (var mapped in new[] { false, true })
        {
            var page = mapped ? typeof(BarePage) : typeof(CheckedPage);
            var (site, journal) = await GuardSite.StartAsync(
                app =>
                {
                    var pages = app.MapRazorPages();
                    if (mapped)
                        pages.Elevate(Callers.Member, options => options.Check = typeof(GuardSite.Asked));
                    if (path.StartsWith("/dynamic", StringComparison.Ordinal))
                        app.MapDynamicPageRoute<ToPage>("/dynamic/{any}");
                    app.MapFallbackToPage("/It");
                },
                builder =>
                {
                    builder.Services.AddSingleton<ToPage>();
                    OnlyPages.AddTo(builder, ("/It", page)).AddRazorPagesOptions(options =>
                    {
                        if (path is "/another-address" or "/Shop/It")
                            options.Conventions.AddPageRoute("/It", path);
                    });
                });
            await using (site)
                await GuardSite.HoldsAsync($"{path} {mapped}", site, journal, "GET", path);
        }
    }

    [Fact]
    public async Task S56_A_page_that_is_mapped_twice_is_guarded_twice_or_stops_the_start()
    {
        void Pages(WebApplicationBuilder builder) => OnlyPages.AddTo(builder, ("/It", typeof(BarePage)));
        foreach (var plainFirst in new[] { false, true })
        {
            var (site, journal) = await GuardSite.StartAsync(
                app =>
                {
                    if (plainFirst)
                        app.MapGroup("/plain").MapRazorPages();
                    app.MapGroup("/guarded").Elevate(Callers.Member, options => options.Check = typeof(GuardSite.Asked)).MapRazorPages();
                    if (!plainFirst)
                        app.MapGroup("/plain").MapRazorPages();
                },
                Pages);
            await using (site)
            {
                await GuardSite.HoldsAsync("guarded", site, journal, "GET", "/guarded/It");
                await GuardSite.HoldsAsync("plain", site, journal, "GET", "/plain/It");
            }
        }

        await GuardSite.StopsAsync(
            "two ways",
            app =>
            {
                app.MapGroup("/a").Elevate(Callers.Member).MapRazorPages();
                app.MapGroup("/b").Elevate(Callers.User).MapRazorPages();
            },
            Pages);
    }

    [Fact]
    public async Task S56_What_is_wrong_with_a_pages_attribute_stops_the_start()
    {
        await GuardSite.StopsAsync("check", static app => app.MapRazorPages(),
            static builder => OnlyPages.AddTo(builder, ("/It", typeof(UnknownCheck))));
        await GuardSite.StopsAsync("policy", static app => app.MapRazorPages(),
            static builder => OnlyPages.AddTo(builder, ("/It", typeof(UnknownPolicy))));
    }

    [Fact]
    public async Task S56_A_pages_bound_properties_are_validated_and_seen_by_the_check_and_its_markup_is_not_elevated()
    {
        var (site, journal) = await GuardSite.StartAsync(
            static app => app.MapRazorPages(),
            static builder =>
            {
                builder.Services.AddSingleton<IValidator<OrderChange>, OrderChangeValidator>().AddScoped<SeesProperties>();
                OnlyPages.AddTo(builder, ("/It", typeof(BoundPage)));
            });
        await using (site)
        {
            var member = site.Wix.IssueToken(EmulatedIdentity.Member("alice"));
            Task<Answer> Post(string form) =>
                site.SendAsync("POST", "/It", member,
                    content: new StringContent(form, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"));

            var answer = await Post("Change.Quantity=3&id=alice");
            Assert.Equal((HttpStatusCode.OK, "markup"), (answer.Status, answer.Body));
            Assert.Equal(["check alice 3", "handler alice 3", "later ObjectDisposedException"], journal.Lines);

            journal.Clear();
            foreach (var form in new[] { "Change.Quantity=0&id=alice", "Change.Quantity=many&id=alice",
                "Change.Quantity=3&Change.Note.Text=LOUD&id=alice" })
            {
                var refused = await Post(form);
                Assert.Equal((HttpStatusCode.BadRequest, "validation"), (refused.Status, refused.Problem));
            }

            Assert.Empty(journal.Lines);
            Assert.Equal(HttpStatusCode.NotFound, (await Post("Change.Quantity=3&id=bob")).Status);
            // What is not bound is not the client's, and not its fault.
            Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/It?id=alice", member)).Status);
        }
    }

    [Elevate(Callers.Member, Check = typeof(GuardSite.Asked))]
    internal sealed class CheckedPage : PageModel
    {
        public IActionResult OnGet()
        {
            HttpContext.RequestServices.GetRequiredService<Journal>().Add(GuardSite.Ran);
            return Content(GuardSite.Ran);
        }
    }

    internal sealed class BarePage : PageModel
    {
        public IActionResult OnGet()
        {
            HttpContext.RequestServices.GetRequiredService<Journal>().Add(GuardSite.Ran);
            return Content(GuardSite.Ran);
        }
    }

    internal sealed class OnHandler : PageModel
    {
        [Elevate(Callers.Member)]
        public void OnGet() => Response.StatusCode = 200;
    }

    [Elevate(Callers.Member, Check = typeof(SeesProperties))]
    internal sealed class UnknownCheck : PageModel;

    [Elevate(Callers.Member, Policy = "nobody has added it")]
    internal sealed class UnknownPolicy : PageModel;

    [IgnoreAntiforgeryToken]
    [Elevate(Callers.Member, Check = typeof(SeesProperties))]
    internal sealed class BoundPage(ElevatedWixClient wix, Journal journal) : PageModel
    {
        [BindProperty]
        public OrderChange Change { get; set; } = new() { Quantity = -1 };

        public void OnGet(string id) => journal.Add("get " + id);

        public async Task OnPostAsync(string id)
        {
            await wix.SiteProperties.GetSitePropertiesAsync();
            journal.Add($"handler {id} {Change.Quantity}");
            Response.OnStarting(
                async () => journal.Add(
                    "later " + (await Record.ExceptionAsync(() => wix.SiteProperties.GetSitePropertiesAsync()))?.GetType().Name));
        }
    }

    internal sealed class SeesProperties(Journal journal) : IElevationCheck
    {
        public ValueTask<bool> IsAllowedAsync(ElevationCheckContext context, CancellationToken cancellationToken)
        {
            if (context.Arguments.TryGetValue("Change", out var change))
                journal.Add($"check {context.Argument<string>("id")} {((OrderChange)change!).Quantity}");
            return new(context.Argument<string>("id") == context.Caller.Id);
        }
    }

    private sealed class ToPage : DynamicRouteValueTransformer
    {
        public override ValueTask<RouteValueDictionary> TransformAsync(HttpContext httpContext, RouteValueDictionary values) =>
            new(new RouteValueDictionary { ["page"] = "/It" });
    }
}
