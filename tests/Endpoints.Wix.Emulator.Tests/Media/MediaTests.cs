using System.Net;
using System.Net.Http.Headers;

namespace Endpoints.Wix.Emulator.Tests.Media;

public sealed class MediaTests : EmulatorTest
{
    [Fact]
    public async Task A_file_is_uploaded_without_a_token_to_an_address_that_is_good_once()
    {
        var url = await UrlAsync();

        using var first = await PutAsync($"{url}?filename=cup.png");
        using var second = await PutAsync(url);

        var file = (await first.JsonAsync()).GetProperty("file");
        Assert.Equal(("cup.png", "5", "IMAGE", "READY"),
            (file.Text("displayName"), file.Text("sizeInBytes"), file.Text("mediaType"), file.Text("operationStatus")));
        Assert.Equal(HttpStatusCode.NotFound, second.StatusCode);
        Assert.Single(Wix.Site.Entities(EmulatedEntityKind.File));
    }

    [Fact]
    public async Task An_upload_address_is_good_for_an_hour()
    {
        var url = await UrlAsync();
        Time.Advance(TimeSpan.FromHours(1));

        using var response = await PutAsync(url);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task An_imported_file_is_pending_and_nothing_is_fetched()
    {
        await using var elsewhere = await WixEmulator.StartAsync();

        var answer = await Client.CallAsync(
            "POST /site-media/v1/files/import", AppToken(), new { url = new Uri(elsewhere.Address, "/cup.png"), mimeType = "image/png" })
            .JsonAsync();

        Assert.Equal(("cup.png", "PENDING"), (answer.Text("file", "displayName"), answer.Text("file", "operationStatus")));
        Assert.Empty(elsewhere.Calls);
    }

    [Theory]
    [InlineData("POST /site-media/v1/files/generate-upload-url", "{}")]
    [InlineData("POST /site-media/v1/files/import", "{}")]
    [InlineData("POST /site-media/v1/files/import", """{"url":"file:///etc/passwd"}""")]
    public async Task What_is_required_is_required(string route, string body)
    {
        using var response = await Client.CallAsync(route, AppToken(), body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private async Task<string> UrlAsync() =>
        (await Client.CallAsync("POST /site-media/v1/files/generate-upload-url", AppToken(),
            new { mimeType = "image/png", fileName = "a.png" }).JsonAsync()).Text("uploadUrl");

    private async Task<HttpResponseMessage> PutAsync(string url)
    {
        using var content = new ByteArrayContent([1, 2, 3, 4, 5]);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        return await Client.PutAsync(new Uri(url), content);
    }
}
