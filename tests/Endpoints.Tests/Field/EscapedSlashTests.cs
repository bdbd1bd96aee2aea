using Endpoints.Tests.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace Endpoints.Tests.Field;

/// <summary>
/// An escaped slash and the escape of an escaped slash are one text to a handler; what was sent tells them apart, in the way that
/// docs/file-routes.md shows.
/// </summary>
public class EscapedSlashTests
{
    [Theory]
    [InlineData("/api/files/a%2Fb", "a%2Fb", "a/b")]
    [InlineData("/api/files/a%252Fb", "a%2Fb", "a%2Fb")]
    [InlineData("/api/files/a%2fb?x=%2F", "a%2fb", "a/b")]
    [InlineData("/api/files/a%20b", "a b", "a b")]
    public async Task A10_What_was_sent_tells_an_escaped_slash_from_the_text_of_its_escape(string sent, string value, string exact)
    {
        await using var site = await Site.StartAsync(Routes.File("/api/files/[name]", typeof(Files)));

        var answer = (await RawRequest.SendAsync(site.Address, "GET", sent)).Text;

        Assert.Equal($"{value}|{exact}", answer);
    }

    public static class Files
    {
        public static string Get(string name, HttpContext context) => $"{name}|{Sent(context)}";

        // As in docs/file-routes.md.
        private static string Sent(HttpContext context)
        {
            var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
            return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
        }
    }
}
