using System.Net;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Tests.Clients;

/// <summary>Tokens travel to Wix's API origin and nowhere else, whatever arguments say.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("@evil.example", "%40evil.example")]
    [InlineData("a:b=c&d", "a%3Ab%3Dc%26d")]
    [InlineData("two words", "two%20words")]
    [InlineData("ä", "%C3%A4")]
    [InlineData("כוס", "%D7%9B%D7%95%D7%A1")]
    [InlineData("☕️", "%E2%98%95%EF%B8%8F")]
    [InlineData(".hidden", ".hidden")]
    public async Task S37_An_argument_is_one_segment_of_the_path(string id, string sent)
    {
        Exception? refused = null;
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", async (ElevatedWixClient wix) =>
        {
            refused = await Record.ExceptionAsync(() => wix.Products.GetAsync(id));
        }).Elevate(Callers.Visitor));

        await site.GetAsync("/");

        Assert.True(refused is WixApiException, refused?.ToString());
        Assert.Equal($"/stores/v3/products/{sent}", site.Wix.Calls[^1].RawTarget);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData("a/b")]
    [InlineData("../../oauth2/token")]
    [InlineData("a?b=c")]
    [InlineData("a#b")]
    [InlineData("a;b")]
    [InlineData("a%2fb")]
    [InlineData("%2e%2e")]
    [InlineData("a\\b")]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("a\r\nX: y")]
    [InlineData("a\0")]
    [InlineData("a ")]
    [InlineData(".. ")]
    [InlineData("\u202e..")]
    [InlineData("..\u200b")]
    [InlineData("．．")]
    [InlineData("a／b")]
    [InlineData("\ud800")]
    public async Task S37_An_argument_that_would_change_the_path_is_refused(string id)
    {
        Exception? refused = null;
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", async (ElevatedWixClient wix) =>
        {
            refused = await Record.ExceptionAsync(() => wix.Products.GetAsync(id));
        }).Elevate(Callers.Visitor));

        await site.GetAsync("/");

        Assert.IsType<ArgumentException>(refused);
        Assert.Empty(site.Wix.Calls);
    }

    [Theory]
    [InlineData("https://evil.example/site-properties")]
    [InlineData("//evil.example/x")]
    [InlineData("///evil.example/x")]
    [InlineData("/\\evil.example/x")]
    [InlineData("\\\\evil.example\\x")]
    [InlineData("http://127.0.0.1:1/x")]
    [InlineData("https://{authority}/x")]
    [InlineData("http://user:password@{authority}/x")]
    [InlineData("http://{authority}@evil.example/x")]
    [InlineData("http://{authority}.evil.example/x")]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://{authority}/x")]
    [InlineData("relative")]
    [InlineData("")]
    [InlineData("/a/../b")]
    [InlineData("/a/./b")]
    [InlineData("/a/%2e%2e/b")]
    [InlineData("/a#fragment")]
    [InlineData("/a b")]
    [InlineData("/a\r\nX: y")]
    public async Task S38_A_foreign_or_devious_address_is_refused_before_a_token_is_even_fetched(string address)
    {
        List<Exception?> refused = [];
        await using var site =
            await WixSite.StartAsync(app => app.MapGet("/", async (string to, ElevatedWixClient elevated, WixClient plain) =>
        {
            refused.Add(await Record.ExceptionAsync(() => elevated.FetchWithAuthAsync(HttpMethod.Get, to)));
            refused.Add(await Record.ExceptionAsync(() => plain.FetchWithAuthAsync(HttpMethod.Get, to)));
        }).Elevate(Callers.Visitor));
        var to = address.Replace("{authority}", site.Wix.Address.Authority, StringComparison.Ordinal);

        await site.GetAsync("/?to=" + Uri.EscapeDataString(to));

        Assert.Equal(2, refused.Count);
        Assert.All(refused, exception => Assert.IsType<ArgumentException>(exception));
        Assert.Empty(site.Wix.Calls);
    }

    [Fact]
    public async Task A_path_and_an_address_on_Wixs_host_are_called()
    {
        await using var site = await WixSite.StartAsync(app => app.MapGet("/", async (string to, ElevatedWixClient wix) =>
            (int)(await wix.FetchWithAuthAsync(HttpMethod.Get, to)).Status).Elevate(Callers.Visitor));

        foreach (var to in new[] { "/site-properties/v4/properties?fields=email", site.Wix.Address + "site-properties/v4/properties" })
            Assert.Equal("200", (await site.GetAsync("/?to=" + Uri.EscapeDataString(to))).Body);
        Assert.Equal("404", (await site.GetAsync("/?to=/nothing")).Body);
    }

    [Fact]
    public async Task S38_Redirects_are_not_followed()
    {
        var reached = 0;
        await using var elsewhere = await ServeAsync(app => app.Run(context =>
        {
            Interlocked.Increment(ref reached);
            return Task.CompletedTask;
        }));
        await using var wix = await ServeAsync(app => app.Run(context =>
        {
            if (context.Request.Path == "/oauth2/token")
                return context.Response.WriteAsJsonAsync(new { access_token = "token", expires_in = 1000 });
            context.Response.Redirect(elsewhere.Urls.First() + "/stolen");
            return Task.CompletedTask;
        }));
        await using var site = await WixSite.StartAsync(
            app => app.MapGet("/", async (ElevatedWixClient client) => await client.SiteProperties.GetSitePropertiesAsync())
                .Elevate(Callers.Visitor | Callers.Member),
            options => options.ApiBaseAddress = new(wix.Urls.First()));

        Assert.Equal(HttpStatusCode.BadGateway, (await site.GetAsync("/")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await site.GetAsync("/", "a-token")).Status);
        Assert.Equal(0, reached);
    }

    private static async Task<WebApplication> ServeAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        map(app);
        await app.StartAsync();
        return app;
    }
}
