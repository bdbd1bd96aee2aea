using System.Net;
using Endpoints.Tests.Hosting;

namespace Endpoints.Tests.Routing;

public class MatchingTests
{
    private static readonly FileRoute[] Table =
    [
        Routes.Echo("/api/index.json"),
        Routes.Echo("/api/users/new", "POST"),
        Routes.Echo("/api/users/[id]", "GET", "PUT"),
        Routes.Echo("/api/users/[id]/posts"),
        Routes.Echo("/api/mixed/[a]-[b]"),
        Routes.Echo("/api/mixed/v[major].[minor]"),
        Routes.Echo("/api/mixed/[any]"),
        Routes.Echo("/api/docs/[slug].json"),
        Routes.Echo("/api/docs/[...rest]"),
        Routes.Echo("/api/mid/[...a]/mid/[...b]"),
        Routes.Echo("/api/two/[...a]/[...b]"),
        Routes.Echo("/api/tail/pre-[...rest]"),
        Routes.Echo("/api/json/[...path].json"),
        Routes.Echo("/api/what?"),
        Routes.Echo("/api/{braces}"),
        Routes.Echo("/api/any", "ALL"),
        Routes.Echo("/api"),
        Routes.Echo("/"),
    ];

    [Theory]
    [InlineData("/", "/|GET|")]
    [InlineData("/api", "/api|GET|")]
    [InlineData("/api/", "/api|GET|")]
    [InlineData("/API", "/api|GET|")]
    [InlineData("/api/index.json", "/api/index.json|GET|")]
    [InlineData("/api/users/5", "/api/users/[id]|GET|id=5")]
    [InlineData("/api/users/5/", "/api/users/[id]|GET|id=5")]
    [InlineData("/api/users/5/posts", "/api/users/[id]/posts|GET|id=5")]
    [InlineData("/api/mixed/x-y-z", "/api/mixed/[a]-[b]|GET|a=x;b=y-z")]
    [InlineData("/api/mixed/v1.2.3", "/api/mixed/v[major].[minor]|GET|major=1;minor=2.3")]
    [InlineData("/api/mixed/vv.v.v", "/api/mixed/v[major].[minor]|GET|major=v;minor=v.v")]
    [InlineData("/api/mixed/other", "/api/mixed/[any]|GET|any=other")]
    [InlineData("/api/docs/a.json", "/api/docs/[slug].json|GET|slug=a")]
    [InlineData("/api/docs/a.json/", "/api/docs/[...rest]|GET|rest=a.json")]
    [InlineData("/api/docs", "/api/docs/[...rest]|GET|")]
    [InlineData("/api/docs/", "/api/docs/[...rest]|GET|")]
    [InlineData("/api/docs/a/b", "/api/docs/[...rest]|GET|rest=a/b")]
    [InlineData("/api/docs/a/b/", "/api/docs/[...rest]|GET|rest=a/b")]
    [InlineData("/api/mid/1/mid/2/mid/3", "/api/mid/[...a]/mid/[...b]|GET|a=1;b=2/mid/3")]
    [InlineData("/api/mid/mid", "/api/mid/[...a]/mid/[...b]|GET|")]
    [InlineData("/api/mid/mid/mid", "/api/mid/[...a]/mid/[...b]|GET|a=mid")]
    [InlineData("/api/two/1/2/3", "/api/two/[...a]/[...b]|GET|a=1;b=2/3")]
    [InlineData("/api/two", "/api/two/[...a]/[...b]|GET|")]
    [InlineData("/api/tail/pre-/a", "/api/tail/pre-[...rest]|GET|rest=/a")]
    [InlineData("/api/tail/pre-", "/api/tail/pre-[...rest]|GET|")]
    [InlineData("/api/json/a/b.json", "/api/json/[...path].json|GET|path=a/b")]
    [InlineData("/api/json/a/.json", "/api/json/[...path].json|GET|path=a/")]
    [InlineData("/api/json/.json", "/api/json/[...path].json|GET|")]
    [InlineData("/api/what%3F", "/api/what?|GET|")]
    [InlineData("/api/%7Bbraces%7D", "/api/{braces}|GET|")]
    [InlineData("/api/any", "/api/any|ALL|")]
    public async Task The_first_file_that_matches_answers_with_its_parameters(string path, string expected)
    {
        await using var site = await Site.StartAsync(Table);
        Assert.Equal(expected, await site.GetAsync(path));
    }

    [Theory]
    [InlineData("/api/users")]
    [InlineData("/api/users//posts")]
    [InlineData("/api//users/5")]
    [InlineData("//api")]
    [InlineData("/api//")]
    [InlineData("/api/docs/a//b")]
    [InlineData("/api/docs//")]
    [InlineData("/api/index.json/")]
    [InlineData("/api/json/a.json/")]
    [InlineData("/api/mixed")]
    [InlineData("/api/tail/prefix")]
    [InlineData("/elsewhere")]
    public async Task Other_paths_belong_to_no_file(string path)
    {
        await using var site = await Site.StartAsync(Table);
        Assert.Equal(404, (await RawRequest.SendAsync(site.Address, "GET", path)).Status);
    }

    [Fact]
    public async Task A_file_owns_its_path_whatever_methods_it_has()
    {
        await using var site = await Site.StartAsync(Table);
        var response = await site.SendAsync("GET", "/api/users/new");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["OPTIONS", "POST"], response.Content.Headers.Allow);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("/api/users/new", "OPTIONS, POST")]
    [InlineData("/api/users/5", "GET, HEAD, OPTIONS, PUT")]
    [InlineData("/api/mixed/1-2", "GET, HEAD, OPTIONS")]
    public async Task Options_shows_the_methods_where_no_handler_takes_it(string path, string allow)
    {
        await using var site = await Site.StartAsync(Table);
        var response = await site.SendAsync("OPTIONS", path);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(allow, string.Join(", ", response.Content.Headers.Allow));
    }

    [Theory]
    [InlineData("HEAD", "/m/get", "/m/get GET")]
    [InlineData("HEAD", "/m/head", "/m/head HEAD")]
    [InlineData("HEAD", "/m/get-all", "/m/get-all GET")]
    [InlineData("HEAD", "/m/all", "/m/all ALL")]
    [InlineData("GET", "/m/get-all", "/m/get-all GET")]
    [InlineData("DELETE", "/m/get-all", "/m/get-all ALL")]
    [InlineData("OPTIONS", "/m/get-all", "/m/get-all ALL")]
    [InlineData("PROPFIND", "/m/dav", "/m/dav PROPFIND")]
    [InlineData("BREW", "/m/all", "/m/all ALL")]
    public async Task A_method_is_answered_by_its_own_handler_or_by_the_one_for_all(string method, string path, string chosen)
    {
        await using var site = await Site.StartAsync(
            Routes.Echo("/m/get"), Routes.Echo("/m/head", "GET", "HEAD"), Routes.Echo("/m/get-all", "GET", "ALL"),
            Routes.Echo("/m/all", "ALL"), Routes.Echo("/m/dav", "PROPFIND"));
        var response = await site.SendAsync(method, path);
        Assert.Equal(chosen, Assert.Single(response.Headers.GetValues("X-Chosen")));
        Assert.Equal(method != "HEAD", (await response.Content.ReadAsByteArrayAsync()).Length > 0);
    }

    [Fact]
    public async Task Tables_of_several_assemblies_are_one_order()
    {
        await using var site = await Site.StartAsync(
            builder => builder.Services.AddFileRoutes(),
            app =>
            {
                app.MapFileRoutes([Routes.Echo("/api/[...all]", "ALL"), Routes.Echo("/api/[a]-[b]")]);
                app.MapFileRoutes([Routes.Echo("/api/one"), Routes.Echo("/api/[id]")]);
            });
        Assert.Equal("/api/one|GET|", await site.GetAsync("/api/one"));
        Assert.Equal("/api/[a]-[b]|GET|a=1;b=2", await site.GetAsync("/api/1-2"));
        Assert.Equal("/api/[id]|GET|id=12", await site.GetAsync("/api/12"));
        Assert.Equal("/api/[...all]|ALL|all=1/2", await site.GetAsync("/api/1/2"));
    }

    [Fact]
    public async Task Two_assemblies_with_one_route_stop_the_start()
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => Site.StartAsync(
            builder => builder.Services.AddFileRoutes(),
            app =>
            {
                app.MapFileRoutes([Routes.Echo("/api/[id]")]);
                app.MapFileRoutes([Routes.Echo("/api/[name]")]);
            }));
        Assert.Equal(
            "'pages/api/[id].cs' and 'pages/api/[name].cs' both answer '/api/[name]'. Rename one of them, or map one of the assemblies "
            + "under another path or host.", e.Message);
    }

    [Fact]
    public async Task D5_An_assembly_that_is_mapped_twice_stops_the_start_and_the_message_says_so()
    {
        Task<Site> Start(Action<WebApplication> map) => Site.StartAsync(static builder => builder.Services.AddFileRoutes(), map);

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => Start(static app =>
        {
            app.MapFileRoutes([Routes.Echo("/api/[id]")]);
            app.MapFileRoutes([Routes.Echo("/api/[id]")]);
        }));
        await using var site = await Start(static app =>
        {
            app.MapFileRoutes([Routes.Echo("/api/[id]")]);
            app.MapGroup("/v2").MapFileRoutes([Routes.Echo("/api/[id]")]);
        });

        Assert.Equal(
            "'pages/api/[id].cs' is mapped twice as '/api/[id]'. Call MapFileRoutes() once for its assembly, or under different paths: "
            + "MapGroup(\"/v2\").MapFileRoutes().", e.Message);
        Assert.Equal("/api/[id]|GET|id=1", await site.GetAsync("/v2/api/1"));
    }

    [Fact]
    public async Task Two_assemblies_with_one_route_may_share_it_by_host()
    {
        await using var site = await Site.StartAsync(
            builder => builder.Services.AddFileRoutes(),
            app =>
            {
                app.MapFileRoutes([Routes.Echo("/api/[id]")]).RequireHost("a.test");
                app.MapFileRoutes([Routes.Echo("/api/[name]")]).RequireHost("b.test");
            });
        Assert.Equal("/api/[id]|GET|id=1", await (await site.SendAsync("GET", "/api/1", ("Host", "a.test"))).Content.ReadAsStringAsync());
        Assert.Equal("/api/[name]|GET|name=1",
            await (await site.SendAsync("GET", "/api/1", ("Host", "b.test"))).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await site.SendAsync("GET", "/api/1", ("Host", "c.test"))).StatusCode);
    }

    [Theory]
    [InlineData("/docs/api/users/5", "/api/users/[id]|GET|id=5")]
    [InlineData("/DOCS/api/docs/x/y/", "/api/docs/[...rest]|GET|rest=x/y")]
    [InlineData("/docs/api/mixed/1-2", "/api/mixed/[a]-[b]|GET|a=1;b=2")]
    [InlineData("/docs", "/|GET|")]
    [InlineData("/docs/", "/|GET|")]
    public async Task All_routes_lie_under_the_base_path(string path, string expected)
    {
        await using var site = await Site.StartAsync(Table, options => options.BasePath = "/docs");
        Assert.Equal(expected, await site.GetAsync(path));
        Assert.Equal(HttpStatusCode.NotFound, (await site.SendAsync("GET", "/api/users/5")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await site.SendAsync("GET", "/docs/docs/api/users/5")).StatusCode);
    }

    [Theory]
    [InlineData("/files/[...rest]", "/files/a/b%20c")]
    [InlineData("/files/[rest]", "/files/a%2Fb%20c")]
    [InlineData("/files/pre-[rest].json", "/files/pre-a%2Fb%20c.json")]
    public async Task Links_lead_to_the_file_and_keep_the_slashes_of_a_rest(string route, string link)
    {
        await using var site = await Site.StartAsync(
            builder => builder.Services.AddFileRoutes(),
            app => app.MapFileRoutes([Routes.Echo(route)]).WithMetadata(new EndpointNameMetadata("file")));

        Assert.Equal(link, site.Services.GetRequiredService<LinkGenerator>().GetPathByName("file", new { rest = "a/b c" }));
    }

    [Fact]
    public async Task Files_may_be_mapped_in_a_group_with_parameters()
    {
        await using var site = await Site.StartAsync(
            builder => builder.Services.AddFileRoutes(),
            app => app.MapGroup("/{tenant:int}").MapFileRoutes([Routes.Echo("/x/[id]"), Routes.Echo("/y/[a]-[b]")]));
        Assert.Equal("/x/[id]|GET|id=5;tenant=7", await site.GetAsync("/7/x/5"));
        Assert.Equal("/y/[a]-[b]|GET|a=1;b=2;tenant=7", await site.GetAsync("/7/y/1-2"));
        Assert.Equal(HttpStatusCode.NotFound, (await site.SendAsync("GET", "/seven/x/5")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await site.SendAsync("GET", "/seven/y/1-2")).StatusCode);
    }
}
