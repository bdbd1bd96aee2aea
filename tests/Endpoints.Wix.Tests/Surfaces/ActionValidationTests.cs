using System.Net;
using System.Text.Json;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;

namespace Endpoints.Wix.Tests.Surfaces;

/// <summary>Actions' arguments are validated wherever MVC binds them from.</summary>
public sealed class ActionValidationTests
{
    [Theory]
    [InlineData("GET", "/checked/query?TEXT=LOUD", """{"TEXT":["quiet"]}""")]
    [InlineData("GET", "/checked/query?filter.Text=LOUD", """{"filter.Text":["quiet"]}""")]
    [InlineData("GET", "/checked/named?q=LOUD", """{"q":["quiet"]}""")]
    [InlineData("GET", "/checked/renamed?f.Text=LOUD", """{"f.Text":["quiet"]}""")]
    [InlineData("GET", "/checked/property?Bound.Text=LOUD", """{"Bound.Text":["quiet"]}""")]
    [InlineData("GET", "/checked/query?text=calm", null)]
    [InlineData("GET", "/checked/named?q=calm", null)]
    [InlineData("GET", "/checked/property?Bound.Text=calm", null)]
    public async Task Errors_have_the_names_that_the_client_sent(string method, string path, string? errors)
    {
        await using var site = await StartAsync();

        var answer = await site.SendAsync(method, path, site.Wix.IssueToken(EmulatedIdentity.Member()));

        Assert.Equal(errors is null ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.Status);
        if (errors is not null)
            Assert.Equal(errors, JsonSerializer.Serialize(answer.Json.GetProperty("errors")));
    }

    [Fact]
    public async Task S09_A_validator_of_an_action_is_made_for_its_request_and_stops_with_it()
    {
        await using var site = await StartAsync();

        var alice = await site.GetAsync("/checked/mine?text=alice", site.Wix.IssueToken(EmulatedIdentity.Member("alice")));
        var bob = await site.GetAsync("/checked/mine?text=alice", site.Wix.IssueToken(EmulatedIdentity.Member("bob")));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (alice.Status, bob.Status));
    }

    [Fact]
    public async Task An_action_that_is_mapped_elsewhere_without_a_guard_runs_there_without_elevation()
    {
        Exception? refused = null;
        await using var site = await WixSite.StartAsync(
            app =>
            {
                app.MapControllers().Elevate(Callers.Member);
                app.MapGroup("/open").MapControllers();
            },
            build: builder =>
            {
                OnlyControllers.AddTo(builder, typeof(TwiceController));
                builder.Services.AddSingleton<Action<Exception?>>(e => refused = e);
            });

        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/twice")).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/twice", site.Wix.IssueToken(EmulatedIdentity.Member()))).Status);
        Assert.Null(refused);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/open/twice")).Status);
        Assert.IsType<InvalidOperationException>(refused);
        Assert.Equal(1, site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    private static Task<WixSite> StartAsync() => WixSite.StartAsync(
        app => app.MapControllers(),
        build: builder =>
        {
            OnlyControllers.AddTo(builder, typeof(CheckedController));
            builder.Services.AddScoped<IValidator<Quiet>, QuietValidator>();
            builder.Services.AddScoped<IValidator<Own>, OwnValidator>();
            builder.Services.AddScoped<IValidator<string>, NoShouting>();
        });

    public sealed class Quiet
    {
        public string? Text { get; set; }
    }

    public sealed class Own
    {
        public string? Text { get; set; }
    }

    [Route("/checked/[action]")]
    [Elevate(Callers.Member)]
    internal sealed class CheckedController : ControllerBase
    {
        [BindProperty(SupportsGet = true)]
        public Quiet? Bound { get; set; }

        [HttpGet]
        public string Query(Quiet filter) => Request.Method + filter.Text;

        [HttpGet]
        public string Named([FromQuery(Name = "q")] string text) => Request.Method + text;

        [HttpGet]
        public string Renamed([FromQuery(Name = "f")] Quiet filter) => Request.Method + filter.Text;

        [HttpGet]
        public string Property() => Request.Method + Bound?.Text;

        [HttpGet]
        public string Mine([FromQuery] Own own) => Request.Method + own.Text;
    }

    [Route("/twice")]
    internal sealed class TwiceController(ElevatedWixClient wix, Action<Exception?> seen) : ControllerBase
    {
        [HttpGet]
        public async Task Get() => seen(await Record.ExceptionAsync(() => wix.SiteProperties.GetSitePropertiesAsync()));
    }

    private sealed class QuietValidator : AbstractValidator<Quiet>
    {
        public QuietValidator() => RuleFor(quiet => quiet.Text).NotEqual("LOUD").WithMessage("quiet");
    }

    private sealed class NoShouting : AbstractValidator<string>
    {
        public NoShouting() => RuleFor(text => text).NotEqual("LOUD").WithMessage("quiet");
    }

    /// <summary>Takes a service of the request, and its cancellation.</summary>
    private sealed class OwnValidator : AbstractValidator<Own>
    {
        public OwnValidator(IHttpContextAccessor request) => RuleFor(own => own.Text).MustAsync((text, ct) =>
            Task.FromResult(
                ct == request.HttpContext!.RequestAborted
                    && text == request.HttpContext.User.FindFirst(System.Security.Claims.ClaimTypes.NameIdentifier)?.Value));
    }
}
