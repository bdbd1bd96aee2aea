using System.Net;
using System.Text;
using Endpoints.Tests.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace Endpoints.Tests.Field;

/// <summary>
/// The second file of a rewrite gets the body, or the log says why it can't; the client is never told that its body is broken.
/// </summary>
public class RewriteBodyTests
{
    private static readonly FileRoute[] Table =
    [
        Routes.File("/api/first", typeof(First)), Routes.File("/api/form", typeof(FirstForm)), Routes.File("/api/second", typeof(Second)),
        Routes.File("/api/second-form", typeof(SecondForm)),
        Routes.File("/api/raw", typeof(Raw)), Routes.File("/api/buffered", typeof(Buffered)), Routes.File("/api/third", typeof(Third)),
    ];

    [Theory]
    [InlineData("/api/first", "small", false)]
    [InlineData("/api/first", "small", true)]
    [InlineData("/api/first", "large", false)]
    [InlineData("/api/first", "large", true)]
    [InlineData("/api/third", "small", false)]
    [InlineData("/api/buffered", "small", false)]
    [InlineData("/api/buffered", "large", true)]
    [InlineData("/api/raw?read=no", "small", false)]
    [InlineData("/api/raw?read=no", "small", true)]
    public async Task A3_The_second_file_gets_the_JSON_that_the_first_has_bound(string path, string size, bool chunked)
    {
        await using var site = await Site.StartAsync(Table);
        var name = size == "large" ? new string('x', 200_000) : "ada";
        using var request = new HttpRequestMessage(HttpMethod.Post,
            path) { Content = new StringContent($"{{\"name\":\"{name}\"}}", Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = chunked;

        using var response = await site.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, "second " + name), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    public async Task A3_The_second_file_gets_the_form_that_the_first_has_bound(string type)
    {
        await using var site = await Site.StartAsync(Table);
        using HttpContent form = type == "multipart/form-data"
            ? new MultipartFormDataContent { { new StringContent("ada"), "name" } }
            : new FormUrlEncodedContent([KeyValuePair.Create("name", "ada")]);

        using var response = await site.Client.PostAsync("/api/form", form);

        Assert.Equal((HttpStatusCode.OK, "second ada"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("stream")]
    [InlineData("pipe")]
    public async Task A3_A_body_that_the_handler_has_read_itself_is_said_to_be_gone(string how)
    {
        await using var site = await Site.StartAsync(Table);

        using var response =
            await site.Client.PostAsync($"/api/raw?read={how}", new StringContent("""{"name":"ada"}""", Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("internal-error", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var cause = Assert.Single(site.Log.Records, static record => record.Level == LogLevel.Error).Cause;
        Assert.Contains("EnableBuffering", Assert.IsType<InvalidOperationException>(cause).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A3_A_request_without_a_body_is_rewritten_as_ever()
    {
        await using var site = await Site.StartAsync(Table);

        using var response = await site.Client.PostAsync("/api/raw?read=stream&to=/api/second?none=1", null);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode); // the second file wants a body
        Assert.Contains("invalid-parameter", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    public sealed record Order(string Name);

    public static class First
    {
        public static IResult Post(ApiContext context, Order order) => context.Rewrite($"/api/second?{order.Name.Length}");
    }

    public static class Third
    {
        public static IResult Post(HttpContext context, Order order) => ApiContext.Of(context).Rewrite($"/api/first?{order.Name.Length}");
    }

    public static class FirstForm
    {
        public static IResult Post(ApiContext context, [FromForm] string name) => context.Rewrite($"/api/second-form?{name.Length}");
    }

    public static class Second
    {
        public static string Post(Order order) => $"second {order.Name}";
    }

    public static class SecondForm
    {
        public static string Post([FromForm] string name) => $"second {name}";
    }

    public static class Buffered
    {
        public static async Task<IResult> Post(HttpRequest request, ApiContext context)
        {
            request.EnableBuffering();
            await request.ReadFromJsonAsync<Order>();
            return context.Rewrite("/api/second");
        }
    }

    public static class Raw
    {
        public static async Task<IResult> Post(HttpRequest request, ApiContext context, string read, string to = "/api/second")
        {
            switch (read)
            {
                case "json":
                    await request.ReadFromJsonAsync<Order>();
                    break;
                case "stream":
                    await request.Body.CopyToAsync(Stream.Null);
                    break;
                case "pipe":
                    await request.BodyReader.CopyToAsync(Stream.Null);
                    break;
            }
            return context.Rewrite(to);
        }
    }
}
