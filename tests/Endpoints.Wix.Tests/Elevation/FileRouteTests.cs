using System.Net;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Elevation;

public sealed class FileRouteTests
{
    [Fact]
    public async Task The_documented_example_shows_the_sites_properties_to_an_anonymous_visitor()
    {
        await using var site = await WixSite.StartAsync(files: true);

        var answer = await site.GetAsync("/api/my-api");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("Harbour Coffee", answer.Json.GetProperty("properties").GetProperty("siteDisplayName").GetString());
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal(0, site.Wix.CountOf(WixSite.TokenInfo));
        var token = Assert.Single(site.Wix.CallsTo(WixSite.Tokens));
        Assert.Contains("client_credentials", token.Body, StringComparison.Ordinal);
        Assert.Contains(site.Wix.InstanceId, token.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_call_without_elevation_is_refused_with_Wixs_403_and_its_reason()
    {
        await using var site = await WixSite.StartAsync(files: true);

        var answer = await site.GetAsync("/api/not-elevated");

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal("wix-forbidden", answer.Problem);
        Assert.Equal("PERMISSION_DENIED", answer.Json.GetProperty("code").GetString());
        Assert.Equal(site.Wix.CallsTo(WixSite.GetSiteProperties)[0].RequestId, answer.Json.GetProperty("wixRequestId").GetString());
    }

    [Fact]
    public async Task An_endpoint_that_asks_nothing_costs_no_call()
    {
        await using var site = await WixSite.StartAsync(files: true);

        var answer = await site.GetAsync("/api/hello", site.Wix.IssueToken(EmulatedIdentity.User()));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Null(answer.Header("Cache-Control"));
        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task A_handlers_parameter_says_who_is_calling()
    {
        await using var site = await WixSite.StartAsync(files: true);

        var user = await site.GetAsync("/api/who-am-i", site.Wix.IssueToken(EmulatedIdentity.User("user-1")));
        Assert.Equal("User", user.Json.GetProperty("kind").GetString());
        Assert.Equal("user-1", user.Json.GetProperty("id").GetString());
        Assert.Equal(site.Wix.InstanceId, user.Json.GetProperty("instanceId").GetString());

        var nobody = await site.GetAsync("/api/who-am-i");
        Assert.Equal("Visitor", nobody.Json.GetProperty("kind").GetString());
        Assert.Equal(1, site.Wix.CountOf("*"));

        var wrong = await site.GetAsync("/api/who-am-i", "wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
        Assert.Equal("wix-unauthorized", wrong.Problem);
    }

    [Fact]
    public async Task The_methods_attribute_counts_before_the_classs()
    {
        await using var site = await WixSite.StartAsync(files: true);
        var member = site.Wix.IssueToken(EmulatedIdentity.Member());
        var visitor = site.Wix.IssueToken(EmulatedIdentity.Visitor());

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/api/members-only", member)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync("/api/members-only", visitor)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync("/api/members-only")).Status);

        using var body = new StringContent("""{"name":"New"}""", System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.OK, (await site.SendAsync("POST", "/api/members-only", visitor, content: body)).Status);
        Assert.Equal("\"businessName\"", site.Wix.CallsTo("POST /site-properties/v4/properties/business-profile")[0].Body[^15..^1]);
    }

    [Fact]
    public async Task A_file_route_with_Elevate_and_no_AddWix_stops_the_start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddFileRoutes();
        await using var app = builder.Build();

        var mend = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            app.Urls.Add("http://127.0.0.1:0");
            app.MapFileRoutes(typeof(FileRouteTests).Assembly);
            await app.StartAsync();
        });

        Assert.Contains("AddWix", mend.Message, StringComparison.Ordinal);
        Assert.Contains("/api/", mend.Message, StringComparison.Ordinal);
    }
}
