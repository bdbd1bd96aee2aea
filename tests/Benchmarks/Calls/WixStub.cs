using System.Text;
using System.Text.Json;
using Benchmarks.Api;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Calls;

/// <summary>
/// A Wix that answers at once: every token that begins <c>OauthNG.JWS.m</c> is a member's, on the app instance that it names; no other is
/// anybody's.
/// </summary>
internal static class WixStub
{
    public const string ClientId = "11111111-1111-4111-8111-111111111111";

    private static readonly byte[] Properties = Encoding.UTF8.GetBytes(
        """{"version":"1","properties":{"siteDisplayName":"A shop","businessName":"A shop","language":"en","paymentCurrency":"EUR","timeZone":"Europe/Dublin","email":"shop@example.com","phone":"1234567","address":{"city":"Dublin","country":"IE","street":"Main Street","streetNumber":"1","zip":"D01"},"locale":{"languageCode":"en","country":"IE"}}}""");

    private static readonly byte[] Nobody = """{"active":false}"""u8.ToArray();

    /// <summary>A member's token.</summary>
    /// <param name="member">Which member.</param>
    /// <param name="instance">Which of the app's instances the member's site has.</param>
    public static string Token(int member, int instance) =>
        FormattableString.Invariant($"OauthNG.JWS.m{member:d8}.i{instance:d6}.{new string('s', 480)}");

    /// <summary>A token that nobody was given.</summary>
    public static string MadeUp(int number) => FormattableString.Invariant($"OauthNG.JWS.x{number:d8}.{new string('s', 480)}");

    public static string Instance(int number) => FormattableString.Invariant($"22222222-2222-4222-8222-{number:d12}");

    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        var questions = 0L;
        var refused = 0L;
        app.MapPost("/oauth2/token",
            static () => Json("""{"access_token":"OauthNG.JWS.app","token_type":"Bearer","expires_in":14400}"""u8.ToArray()));
        app.MapPost("/oauth2/token-info", async (HttpContext context) =>
        {
            using var asked = await JsonDocument.ParseAsync(context.Request.Body);
            var parts = asked.RootElement.GetProperty("token").GetString()!.Split('.');
            if (parts is not [_, _, ['m', .. var member], ['i', .. var instance], _])
            {
                Interlocked.Increment(ref refused);
                return Json(Nobody);
            }

            Interlocked.Increment(ref questions);
            return Json(JsonSerializer.SerializeToUtf8Bytes(new
            {
                active = true,
                subjectType = "MEMBER",
                subjectId = $"33333333-3333-4333-8333-{int.Parse(member):d12}",
                exp = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 14_400,
                iat = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 60,
                clientId = ClientId,
                siteId = $"44444444-4444-4444-8444-{int.Parse(instance):d12}",
                instanceId = Instance(int.Parse(instance)),
            }));
        });
        app.MapGet("/site-properties/v4/properties", static () => Json(Properties));
        var product = Encoding.UTF8.GetBytes(new System.Text.Json.Nodes.JsonObject { ["product"] = ProductPage.Product(1) }.ToJsonString());
        app.MapGet("/stores/v3/products/{id}", () => Json(product));
        app.MapPatch("/stores/v3/products/{id}", async (HttpRequest request) =>
        {
            await request.Body.CopyToAsync(Stream.Null);
            return Json(product);
        });
        app.MapGet("/_counts", () => $"{Interlocked.Exchange(ref questions, 0)} {Interlocked.Exchange(ref refused, 0)}");
        await ServedProcess.RunAsync(app);
    }

    private static IResult Json(byte[] body) => Results.Bytes(body, "application/json");
}
