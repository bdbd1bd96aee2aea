using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Endpoints.Wix.Tests.Surfaces;
using Microsoft.AspNetCore.Mvc;

namespace Endpoints.Wix.Tests.Elevation;

/// <summary>An attribute's limit is the route's, whichever way a request is written.</summary>
public sealed class SharedLimitTests
{
    private static readonly (string Method, string Path)[] Variants =
    [
        ("GET", "/api/limited/1"), ("POST", "/api/limited/2"), ("PUT", "/api/limited/3"), ("HEAD", "/api/limited/4"),
        ("GET", "/api/limited/5?a=1"),
        ("POST", "/api/limited/%36"),
    ];

    public static TheoryData<string> Surfaces => new("file", "group", "controller");

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task S20_All_methods_and_variants_of_a_route_share_one_limit(string surface)
    {
        await using var site = await StartAsync(surface);

        foreach (var (method, path) in Variants)
            Assert.Equal(HttpStatusCode.OK, (await site.SendAsync(method, path)).Status);

        foreach (var (method, path) in Variants.Concat(
            [("GET", "/api/limited/7?b=2"), ("PUT", "/api/limited/a%2Fb"), ("GET", "/api/limited/A")]))
            Assert.Equal(HttpStatusCode.TooManyRequests, (await site.SendAsync(method, path)).Status);
        foreach (var (method, path) in new[] { ("GET", "/API/Limited/8"), ("POST", "/api/limited/9/"), ("GET", "//api/limited/1"),
            ("GET", "/api/./limited/1") })
            Assert.NotEqual(HttpStatusCode.OK, (await site.SendAsync(method, path)).Status);

        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await site.SendAsync("PUT", "/api/limited/1")).Status);
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task S20_A_caller_has_one_limit_for_all_methods_as_well(string surface)
    {
        var address = 0;
        await using var site = await StartAsync(surface, app => app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = new([10, 0, 0, (byte)++address]);
            return next();
        }));
        var member = site.Wix.IssueToken(EmulatedIdentity.Member("alice"));

        foreach (var (method, path) in Variants)
            Assert.Equal(HttpStatusCode.OK, (await site.SendAsync(method, path, member)).Status);
        foreach (var (method, path) in Variants)
            Assert.Equal(HttpStatusCode.TooManyRequests, (await site.SendAsync(method, path, member)).Status);
    }

    [Fact]
    public async Task An_attribute_on_a_method_is_a_limit_of_its_own()
    {
        await using var site = await StartAsync("file");
        foreach (var (method, path) in Variants)
            await site.SendAsync(method, path);

        for (var i = 0; i < 6; i++)
            Assert.Equal(HttpStatusCode.OK, (await site.SendAsync("DELETE", $"/api/limited/{i}")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await site.SendAsync("DELETE", "/api/limited/1")).Status);
    }

    [Fact]
    public async Task Other_routes_of_a_group_have_limits_of_their_own()
    {
        await using var site = await WixSite.StartAsync(app =>
        {
            var group = app.MapGroup("/g").Elevate(Callers.Visitor, options => options.RateLimit = "1/1m");
            group.MapGet("/a", () => "a");
            group.MapGet("/b", () => "b");
        });

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/g/a")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await site.GetAsync("/g/a")).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/g/b")).Status);
    }

    private static Task<WixSite> StartAsync(string surface, Action<WebApplication>? before = null) => WixSite.StartAsync(
        app =>
        {
            before?.Invoke(app);
            if (surface == "group")
            {
                var group = app.MapGroup("/api").Elevate(Callers.Visitor | Callers.Member, options => options.RateLimit = "6/1m");
                group.MapMethods("/limited/{id}", ["GET", "HEAD"], (string id) => id);
                group.MapPost("/limited/{id}", (string id) => id);
                group.MapPut("/Limited/{id}/", (string id) => id);
            }
            else if (surface == "controller")
            {
                app.MapControllers();
            }
        },
        build: builder =>
        {
            if (surface == "controller")
                OnlyControllers.AddTo(builder, typeof(LimitedController));
        },
        files: surface == "file");

    [ApiController]
    [Route("/api/limited/{id}")]
    [Elevate(Callers.Visitor | Callers.Member, RateLimit = "6/1m")]
    internal sealed class LimitedController : ControllerBase
    {
        [HttpGet]
        [HttpHead]
        public string Get(string id) => $"{Request.Method} {id}";

        [HttpPost]
        public string Post(string id) => $"{Request.Method} {id}";

        [HttpPut]
        public string Put(string id) => $"{Request.Method} {id}";
    }
}
