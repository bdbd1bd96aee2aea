using System.Text.Json;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator;

namespace Endpoints.Interop.Tests;

/// <summary>The emulator's webhooks and service plugin calls are good to the SDK, and its forged ones are not.</summary>
public sealed class EventTests(WixAndNode fixture) : InteropTest(fixture)
{
    private readonly EmulatedIdentity _user = EmulatedIdentity.User();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_webhook_reaches_its_handler(bool keyInOneLine)
    {
        var what = Created();

        var answer =
            await Node.RunAsync<JsonElement>("events/productCreated",
                Webhook(what, publicKey: keyInOneLine ? Wix.App.PublicKeyBase64 : null));

        Assert.Equal(what.EventType, answer.GetProperty("eventType").GetString());
        Assert.Equal(Wix.InstanceId, answer.GetProperty("instanceId").GetString());
        Assert.Equal("WIX_USER", answer.GetProperty("identity").GetProperty("identityType").GetString());
        Assert.Equal(_user.Id, answer.GetProperty("identity").GetProperty("wixUserId").GetString());
        var received = Assert.Single(answer.GetProperty("received").EnumerateArray());
        Assert.Equal("Chipped Cup", received.GetProperty("entity").GetProperty("name").GetString());
        Assert.Equal("product-1", received.GetProperty("entity").GetProperty("_id").GetString());
        Assert.Equal(what.EventId, received.GetProperty("metadata").GetProperty("_id").GetString());
    }

    [Theory]
    [InlineData(EmulatedSignature.ForeignKey)]
    [InlineData(EmulatedSignature.TamperedClaims)]
    [InlineData(EmulatedSignature.NotSigned)]
    [InlineData(EmulatedSignature.HmacWithPublicKey)]
    [InlineData(EmulatedSignature.EmbeddedKey)]
    public async Task What_is_not_signed_with_the_apps_key_is_refused(EmulatedSignature signature)
    {
        await Node.FailAsync("events/productCreated", Webhook(Created(), options => options.Signature = signature));
        await Node.FailAsync("events/servicePlugin", Plugin(options => options.Signature = signature));
    }

    [Fact]
    public async Task An_expired_webhook_is_refused() =>
        await Node.FailAsync("events/productCreated", Webhook(Created(), options => options.Age = TimeSpan.FromDays(31)));

    [Fact]
    public async Task A_service_plugin_call_is_good_to_the_package()
    {
        var request = await Node.RunAsync<JsonElement>("events/servicePlugin", Plugin());

        Assert.Equal("SHIPPING_RATES", request.GetProperty("metadata").GetProperty("appExtensionType").GetString());
        Assert.Equal(Wix.InstanceId, request.GetProperty("metadata").GetProperty("instanceId").GetString());
        Assert.Equal("EUR", request.GetProperty("request").GetProperty("currency").GetString());
    }

    [Fact]
    public async Task A_service_plugin_call_for_another_app_is_refused() =>
        await Node.FailAsync("events/servicePlugin", Plugin(options => options.Audience = Guid.NewGuid().ToString()));

    [Fact]
    public async Task A_service_plugin_call_of_another_issuer_is_refused() =>
        await Node.FailAsync("events/servicePlugin", Plugin(options => options.Issuer = "evil.example"));

    private EmulatedEvent Created() =>
        EmulatedEvent.Created("wix.stores.catalog.v3.product", "product-1",
            new JsonObject { ["id"] = "product-1", ["name"] = "Chipped Cup" }) with { Identity = _user };

    private object Webhook(EmulatedEvent what, Action<EmulatedSigningOptions>? configure = null, string? publicKey = null) =>
        new { AppId = Wix.App.ClientId, PublicKey = publicKey ?? Wix.App.PublicKey, Body = Wix.SignWebhook(what, configure) };

    private object Plugin(Action<EmulatedSigningOptions>? configure = null) => new
    {
        AppId = Wix.App.ClientId,
        Wix.App.PublicKey,
        Body = Wix.SignServicePlugin("SHIPPING_RATES", new JsonObject { ["currency"] = "EUR" }, configure),
    };
}
