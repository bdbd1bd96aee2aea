using System.Net;
using Endpoints.Tests.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace Endpoints.Tests.Field;

/// <summary>Input that can't be interpreted is the client's error, and never a failure of the server.</summary>
public class ImpossibleInputTests
{
    [Theory]
    [InlineData("localhost:99999")]
    [InlineData("[v1.x]")]
    [InlineData("a..b")]
    [InlineData("!$&'()")]
    public async Task The_address_of_a_request_is_one_whatever_its_host_says(string host)
    {
        await using var site = await StartAsync();

        var url = await RawRequest.SendAsync(site.Address, "GET", "/url?a=b", [new("Host", host)]);
        var read = await RawRequest.SendAsync(site.Address, "GET", "/host", [new("Host", host)]);

        Assert.True(
            url.Status == 400
                || (url.Status == 200 && Uri.TryCreate(url.Text, UriKind.Absolute, out var address) && address.PathAndQuery == "/url?a=b"),
                $"{url.Status} {url.Text}");
        Assert.InRange(read.Status, 200, 400);
        Assert.DoesNotContain(site.Log.Records, static record => record.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
    }

    [Theory]
    [InlineData("%2500", "%00")]
    [InlineData("%252e%252e", "%2e%2e")]
    [InlineData("%25252e", "%252e")]
    [InlineData("a%20b", "a b")]
    public async Task A_rewrite_decodes_its_path_once(string sent, string value)
    {
        await using var site = await StartAsync();
        Assert.Equal(value, await site.GetAsync("/again?to=" + Uri.EscapeDataString(sent)));
    }

    [Theory]
    [InlineData("/form", 400)]
    public async Task A_form_without_any_field_is_400_where_its_object_may_not_be_absent(string path, int status)
    {
        await using var site = await StartAsync();
        foreach (var body in (string[])["", "other=x", "="])
        {
            using var content = new StringContent(body, null, "application/x-www-form-urlencoded");
            using var response = await site.Client.PostAsync(path, content);
            Assert.Equal((HttpStatusCode)status, response.StatusCode);
            if (status == 400)
                Assert.Contains("\"parameter\":\"order\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private static Task<Site> StartAsync() => Site.StartAsync(
        Routes.File("/url", typeof(Url)), Routes.File("/host", typeof(Host)), Routes.File("/again", typeof(Again)),
        Routes.File("/echo/[value]", typeof(Value)), Routes.File("/form", typeof(Form)), Routes.File("/optional", typeof(Absent)));

    public sealed class Order
    {
        public string Name { get; set; } = "";
    }

    public static class Url
    {
        public static string Get(ApiContext context) => context.Url.AbsoluteUri;
    }

    public static class Host
    {
        public static string Get(HttpRequest request) => request.Host.Value ?? "";
    }

    public static class Again
    {
        public static IResult Get(ApiContext context, string to) => context.Rewrite($"/echo/{to}");
    }

    public static class Value
    {
        public static string Get(string value) => value;
    }

    public static class Form
    {
        public static string Post([FromForm] Order order) => order.Name;
    }

    public static class Absent
    {
        public static string Post([FromForm] Order? order) => order?.Name ?? "none";
    }
}
