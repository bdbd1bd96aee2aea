using System.Net;
using System.Text;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Surfaces;

/// <summary>Handlers take the caller and a body.</summary>
public sealed class CallerBesideBodyTests
{
    [Fact]
    public async Task S55_An_endpoint_file_takes_the_caller_beside_its_body()
    {
        await using var site = await WixSite.StartAsync(
            static app =>
                app.MapFileRoutes([new FileRoute("api/noted.cs", "/api/noted", typeof(NotedFile), [new("POST", nameof(NotedFile.Post))])]),
            build: static builder => builder.Services.AddFileRoutes());
        using var body = new StringContent("""{"text":"mine"}""", Encoding.UTF8, "application/json");

        var answer = await site.SendAsync("POST", "/api/noted", site.Wix.IssueToken(EmulatedIdentity.Member("ada")), content: body);

        Assert.Equal((HttpStatusCode.OK, "mine of ada"), (answer.Status, answer.Body));
    }

    public sealed record CallersNote(string Text);

    public static class NotedFile
    {
        public static string Post(Caller caller, CallersNote note) => $"{note.Text} of {caller.Id}";
    }
}
