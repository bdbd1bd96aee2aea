using System.Text.Json.Nodes;
using Endpoints.Wix.Webhooks;

namespace Endpoints.Wix.Tests.Webhooks;

/// <summary>Tests what a service plugin is called with, and what it answers.</summary>
public sealed class WixPluginCallTests
{
    private const string Whole = """
        {"metadata":{"appExtensionType":"ECOM_SHIPPING_RATES","instanceId":"i-1","requestId":"r-1","currency":"EUR","languages":["de","en"],
        "identity":{"identityType":"ANONYMOUS_VISITOR","anonymousVisitorId":"v-1"},"more":1},"request":{"a":1}}
        """;

    /// <summary>Verifies that what each row says is what is wrong with it.</summary>
    public static TheoryData<string, string> Malformed => new()
    {
        { "nothing", "" },
        { "a text", "\"x\"" },
        { "a list", "[]" },
        { "no metadata", """{"request":{}}""" },
        { "metadata that is a text", """{"metadata":"x","request":{}}""" },
        { "no type", """{"metadata":{"instanceId":"i"},"request":{}}""" },
        { "a type that is a number", """{"metadata":{"appExtensionType":1,"instanceId":"i"},"request":{}}""" },
        { "no instance", """{"metadata":{"appExtensionType":"a"},"request":{}}""" },
        { "an instance of two lines", """{"metadata":{"appExtensionType":"a","instanceId":"i\n"},"request":{}}""" },
        { "two instances", """{"metadata":{"appExtensionType":"a","instanceId":"i","instanceId":"j"},"request":{}}""" },
        { "a request that is a list", """{"metadata":{"appExtensionType":"a","instanceId":"i"},"request":[]}""" },
        { "an identity that is a text", """{"metadata":{"appExtensionType":"a","instanceId":"i","identity":"{}"},"request":{}}""" },
        { "a currency that is a number", """{"metadata":{"appExtensionType":"a","instanceId":"i","currency":1},"request":{}}""" },
        { "languages that are a text", """{"metadata":{"appExtensionType":"a","instanceId":"i","languages":"en"},"request":{}}""" },
        { "languages that are none", """{"metadata":{"appExtensionType":"a","instanceId":"i","languages":[null]},"request":{}}""" },
        { "too deep", $$"""{"metadata":{"appExtensionType":"a","instanceId":"i"},"request":{"x":{{new string('[', StrictJson.MaxDepth)}}""" },
    };

    [Fact]
    public void A_call_says_what_Wix_wrote()
    {
        var call = WixPluginCall.Parse(Whole);

        Assert.Equal(("ECOM_SHIPPING_RATES", "i-1", "r-1", "EUR"), (call.ExtensionType, call.InstanceId, call.RequestId, call.Currency));
        Assert.Equal(["de", "en"], call.Languages);
        Assert.Equal((WixEventIdentityKind.Visitor, "v-1"), (call.Identity.Kind, call.Identity.Id));
        Assert.Equal(1, (int)call.Metadata["more"]!);
        Assert.Equal("""{"a":1}""", call.Request.ToJsonString());
        Assert.Equal("ECOM_SHIPPING_RATES r-1", call.ToString());
    }

    [Fact]
    public void What_Wix_did_not_say_is_absent()
    {
        var call = WixPluginCall.Parse("""{"metadata":{"appExtensionType":"a","instanceId":"i","languages":null}}""");

        Assert.Equal((null, null, WixEventIdentityKind.Unknown), (call.RequestId, call.Currency, call.Identity.Kind));
        Assert.Empty(call.Languages);
        Assert.Empty(call.Request);
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void What_is_malformed_is_a_format_exception(string what, string data)
    {
        var failure = Record.Exception(() => WixPluginCall.Parse(data));

        Assert.True(failure is FormatException, $"{what}: {failure}");
    }

    [Theory]
    [InlineData(399, "CODE")]
    [InlineData(500, "CODE")]
    [InlineData(400, "")]
    [InlineData(400, "two\nlines")]
    public void A_business_error_has_a_status_and_a_code_that_can_be_answered(int status, string code) =>
        Assert.ThrowsAny<ArgumentException>(() => new WixPluginException(status, code));

    [Fact]
    public async Task A_method_calls_the_plugin_and_answers_its_message()
    {
        var table = new WixPluginTable("ECHO", new WixPluginMethod("echo", "/v1/echo",
            static (plugin, call, ct) => ((EchoPlugin)plugin).EchoAsync(call, ct)));
        var call = WixPluginCall.Parse(Whole);

        var answer = await Assert.Single(table.Methods).InvokeAsync(new EchoPlugin(), call, CancellationToken.None);

        Assert.Equal("""{"a":1}""", answer.ToJsonString());
        var empty = new WixPluginMethod("none", "/v1/none", static (_, _, _) => Task.FromResult<WixMessage>(null!));
        await Assert.ThrowsAsync<InvalidOperationException>(() => empty.InvokeAsync(new EchoPlugin(), call, CancellationToken.None));
    }

    private sealed class EchoPlugin : WixPlugin
    {
        private int _calls;

        public Task<WixMessage> EchoAsync(WixPluginCall call, CancellationToken ct)
        {
            Assert.Equal(1, ++_calls);
            return Task.FromResult<WixMessage>(new Echo((JsonObject)call.Request.DeepClone()));
        }
    }

    private sealed class Echo(JsonObject json) : WixMessage(json);
}
