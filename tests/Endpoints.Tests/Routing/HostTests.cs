using System.Net;
using Endpoints.Tests.Hosting;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace Endpoints.Tests.Routing;

public class HostTests
{
    [Fact]
    public async Task Files_and_the_hosts_own_endpoints_have_the_usual_precedence()
    {
        await using var site = await Site.StartAsync(
            [Routes.Echo("/api/[id]"), Routes.Echo("/api/shared"), Routes.Echo("/api/m/[a]-[b]")],
            options: null,
            pipeline: app =>
            {
                app.MapGet("/api/fixed", () => "host fixed");
                app.MapGet("/{**rest}", (string? rest) => $"host {rest}");
                app.MapPost("/api/shared", () => "host post");
                app.MapGet("/api/m/{any}", () => "host any");
                app.MapFallback(() => "fallback");
            });
        Assert.Equal("host fixed", await site.GetAsync("/api/fixed"));
        Assert.Equal("/api/[id]|GET|id=x", await site.GetAsync("/api/x"));
        Assert.Equal("host page", await site.GetAsync("/page"));
        Assert.Equal("host api/x//y", await site.GetAsync("/api/x//y"));
        Assert.Equal("/api/shared|GET|", await site.GetAsync("/api/shared"));
        Assert.Equal("host post", await (await site.SendAsync("POST", "/api/shared")).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await site.SendAsync("PUT", "/api/x")).StatusCode);
        Assert.Equal("fallback", await (await site.SendAsync("PUT", "/page")).Content.ReadAsStringAsync());
        Assert.Equal("host any", await site.GetAsync("/api/m/12"));
        Assert.Equal("host any", await site.GetAsync("/api/m/1-2"));
    }

    [Fact]
    public async Task The_404_of_a_path_that_no_folder_of_files_holds_is_the_hosts_own()
    {
        await using var site = await Site.StartAsync(
            [
                Routes.Echo("/top"), Routes.Echo("/[any].txt"), Routes.Echo("/api/x"),
                new FileRoute("pages/docs/index.cs", "/docs", typeof(Echo), [new("GET", nameof(Echo.Answer))]),
            ],
            options: null,
            pipeline: app => app.UseStatusCodePages("text/plain", "page {0}"));

        foreach (var path in (string[])["/nothing", "/top/nothing", "/any/nothing"])
            Assert.Equal("page 404", await (await site.SendAsync("GET", path)).Content.ReadAsStringAsync());
        foreach (var path in (string[])["/api", "/api/nothing", "/docs/nothing"])
            Assert.Equal("application/problem+json", (await site.SendAsync("GET", path)).Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Conventions_of_the_group_reach_every_endpoint()
    {
        await using var site = await Site.StartAsync(
            builder =>
            {
                builder.Services.AddFileRoutes();
            },
            app => app.MapFileRoutes([Routes.Echo("/api/[id]"), Routes.Echo("/api/[...r].txt")])
                .WithMetadata("told")
                .AddEndpointFilter(
                    async (context, next) =>
                        $"filtered {await next(context)} {context.HttpContext.GetEndpoint()!.Metadata.GetMetadata<string>()}"));
        Assert.Equal("filtered /api/[id]|GET|id=5 told", await site.GetAsync("/api/5"));
        Assert.Equal("filtered /api/[...r].txt|GET|r=a/b told", await site.GetAsync("/api/a/b.txt"));
    }

    [Fact]
    public async Task Host_conditions_hold_for_the_whole_file()
    {
        await using var site = await Site.StartAsync(Routes.File("/api/x", typeof(OnlyA)));
        Assert.Equal(HttpStatusCode.OK, (await site.SendAsync("GET", "/api/x", ("Host", "a.test"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await site.SendAsync("GET", "/api/x", ("Host", "b.test"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await site.SendAsync("PUT", "/api/x", ("Host", "b.test"))).StatusCode);

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => Site.StartAsync(Routes.File("/api/x", typeof(PartlyA))));
        Assert.StartsWith("pages/api/x.cs answers some of its methods on other hosts than the rest.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_AddFileRoutes_the_message_says_so()
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => Site.StartAsync(_ => { }, app => app.MapFileRoutes([])));
        Assert.Equal(
            "MapFileRoutes() needs services that were not added: call builder.Services.AddFileRoutes() before the application is built.",
            e.Message);
    }

    [Fact]
    public async Task Without_a_table_the_message_says_what_to_do()
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => Site.StartAsync(
            builder => builder.Services.AddFileRoutes(), app => app.MapFileRoutes(typeof(object).Assembly)));
        Assert.StartsWith("'System.Private.CoreLib' has no endpoint files.", e.Message, StringComparison.Ordinal);
        e = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Site.StartAsync(builder => builder.Services.AddFileRoutes(), app => app.MapFileRoutes()));
        Assert.StartsWith("Neither 'Endpoints.Tests', which calls MapFileRoutes(), nor the application", e.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docs")]
    [InlineData("/a//b")]
    [InlineData("/{tenant}")]
    public async Task A_base_path_that_cannot_be_meant_stops_the_start(string path)
    {
        var e = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(
            () => Site.StartAsync([], options => options.BasePath = path));
        Assert.Contains($"FileRouteOptions.BasePath is '{path}'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_descriptions_list_every_method_once()
    {
        await using var site = await Site.StartAsync(
            [Routes.File("/api/[id]/[...rest]", typeof(Described)), Routes.Echo("/api/[a]-[b]"), Routes.Echo("/api/[...x]/mid")],
            options: null,
            services: builder => builder.Services.AddEndpointsApiExplorer());
        var apis = site.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>()
            .ApiDescriptionGroups.Items.SelectMany(group => group.Items);
        Assert.Equal(
            ["GET api/[...x]/mid", "GET api/{a}-{b}", "GET api/{id}/{**rest}", "POST api/{id}/{**rest}"],
            apis.Select(api => $"{api.HttpMethod} {api.RelativePath!.Replace("{x}", "[...x]", StringComparison.Ordinal)}")
                .Order(StringComparer.Ordinal));
    }

    [Host("a.test")]
    public static class OnlyA
    {
        public static string Get() => "a";
    }

    public static class PartlyA
    {
        [Host("a.test")]
        public static string Get() => "a";

        public static string Put() => "b";
    }

    public static class Described
    {
        public static string Get(int id) => $"{id}";

        public static string Post(int id, string? rest) => $"{id} {rest}";
    }
}
