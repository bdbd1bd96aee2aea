using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Surfaces;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Tests.Elevation;

/// <summary>
/// A refusal that is made while the client is still sending arrives, also to clients that read nothing before they have sent everything.
/// </summary>
public sealed class EarlyRefusalTests
{
    private const int Size = 5 * 1024 * 1024;

    public static TheoryData<string, string, int> Refusals
    {
        get
        {
            var rows = new TheoryData<string, string, int>();
            foreach (var surface in (string[])["file", "minimal", "action"])
            {
                rows.Add(surface, "nobody", 401);
                rows.Add(surface, "wrong token", 401);
                rows.Add(surface, "member", 403);
                rows.Add(surface, "other page", 403);
                rows.Add(surface, "user", 413);
                rows.Add(surface, "too often", 429);
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task F7_The_refusal_of_a_large_body_arrives(string surface, string caller, int status)
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var app = await ServeAsync(wix);
        using var client = new HttpClient { BaseAddress = new(app.Urls.First()) };
        var path = $"/{surface}{(caller == "too often" ? "/limited" : "")}";
        if (caller == "too often")
            using (await client.GetAsync(new Uri(path, UriKind.Relative))) { }

        foreach (var type in (string[])["application/json", "text/plain", "application/octet-stream"])
        {
            foreach (var chunked in (bool[])[false, true])
            {
                using var content = new ByteArrayContent(Body());
                content.Headers.TryAddWithoutValidation("Content-Type", type);
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
                request.Headers.TransferEncodingChunked = chunked;
                var token = caller switch { "wrong token" => "wrong", "member" => wix.IssueToken(EmulatedIdentity.Member()), "user" =>
                    wix.IssueToken(EmulatedIdentity.User()), _ => null };
                if (token is not null)
                    request.Headers.TryAddWithoutValidation("Authorization", token);
                if (caller == "other page")
                    request.Headers.Add("Origin", "https://elsewhere.example");

                using var response = await client.SendAsync(request);
                if (surface == "minimal" && caller != "too often" && type != "application/json")
                {
                    Assert.Equal(415, (int)response.StatusCode); // of the framework's routing, which comes before any endpoint
                    continue;
                }

                Assert.Equal(caller == "other page" && surface != "file" ? 401 : status, (int)response.StatusCode);
                Assert.Contains("urn:endpoints:problem:", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }
    }

    private static byte[] Body()
    {
        var body = new byte[Size];
        body.AsSpan().Fill((byte)'x');
        (body[0], body[^1]) = ((byte)'"', (byte)'"');
        return body;
    }

    private static async Task<WebApplication> ServeAsync(WixEmulator wix)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddFileRoutes();
        builder.Services.AddWix(options =>
        {
            (options.ClientId, options.ClientSecret, options.InstanceId) = (wix.App.ClientId, new(wix.App.ClientSecret), wix.InstanceId);
            options.ApiBaseAddress = wix.Address;
        });
        OnlyControllers.AddTo(builder, typeof(TextController));
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapFileRoutes(
        [
            new FileRoute("pages/file.cs", "/file", typeof(TextFile), [new("POST", "Post")]),
            new FileRoute("pages/file/limited.cs", "/file/limited", typeof(LimitedFile), [new("GET", "Get"), new("POST", "Post")]),
        ]);
        app.MapPost("/minimal", static ([FromBody] string text) => text).Elevate(Callers.User);
        app.MapMethods("/minimal/limited", ["GET", "POST"], static () => "in")
            .Elevate(Callers.Visitor, static options => options.RateLimit = "1/1h");
        app.MapControllers();
        await app.StartAsync();
        return app;
    }

    [Elevate(Callers.User)]
    public static class TextFile
    {
        public static string Post([FromBody] string text) => text;
    }

    [Elevate(Callers.Visitor, RateLimit = "1/1h")]
    public static class LimitedFile
    {
        public static string Get() => "";

        public static string Post() => "";
    }

    [Route("/action")]
    internal sealed class TextController : ControllerBase
    {
        [HttpPost, Elevate(Callers.User)]
        public string Post([FromBody] string text) => Request.Method + text;

        [AcceptVerbs("GET", "POST", Route = "limited"), Elevate(Callers.Visitor, RateLimit = "1/1h")]
        public string Limited() => Request.Method;
    }
}
