using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Emulator.Tests.Events;

public sealed class EventTests : EmulatorTest
{
    private static readonly JsonObject Product = new() { ["id"] = "p-1", ["name"] = "Mug" };

    [Fact]
    public void A_webhook_is_JSON_in_a_text_in_a_text_in_the_token()
    {
        var what = EmulatedEvent.Created("wix.stores.catalog.v3.product", "p-1", Product);

        var claims = Claims(Wix.SignWebhook(what));

        using var data = JsonDocument.Parse(claims.GetProperty("data").GetString()!);
        Assert.Equal("wix.stores.catalog.v3.product_created", data.RootElement.Text("eventType"));
        Assert.Equal(Wix.InstanceId, data.RootElement.Text("instanceId"));
        using var identity = JsonDocument.Parse(data.RootElement.GetProperty("identity").GetString()!);
        Assert.Equal("ANONYMOUS_VISITOR", identity.RootElement.Text("identityType"));
        Assert.True(identity.RootElement.TryGetProperty("anonymousVisitorId", out _));
        using var inside = JsonDocument.Parse(data.RootElement.GetProperty("data").GetString()!);
        Assert.Equal((what.EventId, "created", "p-1"),
            (inside.RootElement.Text("id"), inside.RootElement.Text("slug"), inside.RootElement.Text("entityId")));
        Assert.Equal("Mug", inside.RootElement.Text("createdEvent", "entity", "name"));
        Assert.Equal(Time.GetUtcNow().ToUnixTimeSeconds(), claims.GetProperty("iat").GetInt64());
        Assert.True(claims.GetProperty("exp").GetInt64() > claims.GetProperty("iat").GetInt64());
    }

    [Fact]
    public void Each_kind_of_event_has_its_own_member()
    {
        Assert.Equal("Mug",
            Inside(EmulatedEvent.Updated("a.b", "p-1", Product, new() { ["name"] = "Cup" })).Text("updatedEvent", "currentEntity", "name"));
        Assert.Equal(
            "Cup", Inside(EmulatedEvent.Updated("a.b", "p-1", Product, new() { ["name"] = "Cup" })).Text("updatedEvent", "modifiedFields",
                "name"));
        Assert.Equal("{}", Inside(EmulatedEvent.Deleted("a.b", "p-1")).Text("deletedEvent"));
        Assert.Equal("Mug", Inside(EmulatedEvent.Action("a.b", "merged", "p-1", Product)).Text("actionEvent", "body", "name"));
    }

    [Fact]
    public void A_service_plugin_call_has_an_object_an_issuer_and_an_audience()
    {
        var claims = Claims(Wix.SignServicePlugin("SHIPPING_RATES", new() { ["lineItems"] = new JsonArray() }));

        Assert.Equal(("wix.com", Wix.App.ClientId), (claims.Text("iss"), claims.Text("aud")));
        Assert.Equal("SHIPPING_RATES", claims.Text("data", "metadata", "appExtensionType"));
        Assert.Equal(Wix.InstanceId, claims.Text("data", "metadata", "instanceId"));
        Assert.Equal("[]", claims.Text("data", "request", "lineItems"));
    }

    [Theory]
    [InlineData(EmulatedSignature.Valid, true)]
    [InlineData(EmulatedSignature.ForeignKey, false)]
    [InlineData(EmulatedSignature.TamperedClaims, false)]
    [InlineData(EmulatedSignature.NotSigned, false)]
    [InlineData(EmulatedSignature.HmacWithPublicKey, false)]
    [InlineData(EmulatedSignature.EmbeddedKey, false)]
    public void Only_a_valid_signature_fits_the_apps_public_key(EmulatedSignature signature, bool fits)
    {
        var token = Wix.SignWebhook(EmulatedEvent.Deleted("a.b", "p-1"), o => o.Signature = signature);
        using var key = RSA.Create();
        key.ImportFromPem(Wix.App.PublicKey);
        var parts = token.Split('.');

        var verified = key.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1);

        Assert.Equal(fits, verified);
        Assert.Equal(
            signature switch { EmulatedSignature.NotSigned => "none", EmulatedSignature.HmacWithPublicKey => "HS256", _ => "RS256" },
            Decode(parts[0]).Text("alg"));
    }

    [Fact]
    public void Dates_claims_app_and_instance_can_be_wrong()
    {
        var other = Wix.AddApp("Other");

        var claims = Claims(Wix.SignServicePlugin("X", [], o =>
        {
            o.App = other;
            o.InstanceId = null;
            o.Issuer = "evil.example";
            o.Audience = null;
            o.Age = TimeSpan.FromHours(1);
            o.Lifetime = null;
        }));

        Assert.Equal("evil.example", claims.Text("iss"));
        Assert.False(claims.TryGetProperty("aud", out _));
        Assert.False(claims.TryGetProperty("exp", out _));
        Assert.False(claims.GetProperty("data").GetProperty("metadata").TryGetProperty("instanceId", out _));
        Assert.Equal(Time.GetUtcNow().ToUnixTimeSeconds() - 3600, claims.GetProperty("iat").GetInt64());
    }

    [Fact]
    public void The_public_key_comes_as_PEM_and_as_base64_of_PEM() =>
        Assert.Equal(Wix.App.PublicKey, Encoding.ASCII.GetString(Convert.FromBase64String(Wix.App.PublicKeyBase64)));

    [Fact]
    public async Task A_webhook_is_posted_as_text_and_the_answer_reported()
    {
        await using var receiver = await WixEmulator.StartAsync();
        receiver.On("POST /oauth2/token").Times(1).Answer(200, "ok", "text/plain");
        var target = new Uri(receiver.Address, "/oauth2/token");
        var what = EmulatedEvent.Deleted("a.b", "p-1");

        var good = await Wix.SendWebhookAsync(target, what);
        receiver.On("POST /oauth2/token").Times(1).Fail(500);
        var bad = await Wix.SendWebhookAsync(target, what);
        receiver.On("POST /oauth2/token").Times(1).Drop();
        var dropped = await Wix.SendWebhookAsync(target, what);

        Assert.Equal((200, "ok", true), (good.StatusCode, good.Body, good.Delivered));
        Assert.Equal((500, false), (bad.StatusCode, bad.Delivered));
        Assert.Equal((null, false), (dropped.StatusCode, dropped.Delivered));
        Assert.All(receiver.Calls, call => Assert.StartsWith("text/plain", call.Header("Content-Type"), StringComparison.Ordinal));
        Assert.Single(receiver.Calls.Select(call => call.Body).Distinct());
    }

    private static JsonElement Decode(string part)
    {
        using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(part));
        return document.RootElement.Clone();
    }

    private static JsonElement Claims(string token) => Decode(token.Split('.')[1]);

    private JsonElement Inside(EmulatedEvent what)
    {
        using var data = JsonDocument.Parse(Claims(Wix.SignWebhook(what)).GetProperty("data").GetString()!);
        using var inside = JsonDocument.Parse(data.RootElement.GetProperty("data").GetString()!);
        return inside.RootElement.Clone();
    }
}
