using System.Text.Json;
using System.Text.Json.Nodes;
using Endpoints.Wix.Webhooks;
using FsCheck;
using FsCheck.Fluent;

namespace Endpoints.Wix.Tests.Webhooks;

/// <summary>An event is read from three levels of JSON, and whatever is wrong with one of them is one kind of failure.</summary>
public sealed class WixEventTests
{
    private const string Order = """
        {"id":"e-1","entityFqdn":"wix.ecom.v1.order","slug":"created","entityId":"o-1","eventTime":"2026-12-01T10:00:00.123456789Z",
        "createdEvent":{"entity":{"id":"o-1","number":"10001"}}}
        """;

    private static readonly Rnd Seed = new(20_261_201);

    /// <summary>Verifies that what each row says is what is wrong with it.</summary>
    public static TheoryData<string, string> Malformed => new()
    {
        { "nothing", "" },
        { "no JSON", "eyJhbGciOiJSUzI1NiJ9" },
        { "cut off", Claim(Order)[..40] },
        { "more behind it", Claim(Order) + "{}" },
        { "a list", $"[{Claim(Order)}]" },
        { "a text", JsonSerializer.Serialize(Claim(Order)) },
        { "null", "null" },
        { "a comment", "/**/" + Claim(Order) },
        { "no type", """{"instanceId":"i","data":"{}"}""" },
        { "an empty type", """{"eventType":"","data":"{}"}""" },
        { "a type that is a number", """{"eventType":1,"data":"{}"}""" },
        { "a type of two lines", """{"eventType":"a\nb","data":"{}"}""" },
        { "a type that is too long", $$"""{"eventType":"{{new string('a', 200)}}","data":"{}"}""" },
        { "two types", """{"eventType":"a","eventType":"b","data":"{}"}""" },
        { "two types, one escaped", """{"eventType":"a","event\u0054ype":"b","data":"{}"}""" },
        { "an instance that is an object", """{"eventType":"a","instanceId":{},"data":"{}"}""" },
        { "an instance of two lines", """{"eventType":"a","instanceId":"i\r\nx","data":"{}"}""" },
        { "no data", """{"eventType":"a"}""" },
        { "data that is null", """{"eventType":"a","data":null}""" },
        { "data that is an object", """{"eventType":"a","data":{}}""" },
        { "data that is no JSON", """{"eventType":"a","data":"x"}""" },
        { "data that is empty", """{"eventType":"a","data":""}""" },
        { "data that is a list", """{"eventType":"a","data":"[]"}""" },
        { "data that is a number", """{"eventType":"a","data":"1"}""" },
        { "data that says something twice", Claim("""{"id":"1","id":"2"}""") },
        { "data that says something twice, deep inside", Claim("""{"a":{"b":[{"c":1,"c":2}]}}""") },
        { "data with half a character", Claim("""{"a":{"b":"\ud800"}}""") },
        { "data with a name of half a character", Claim("""{"a":{"\udc00":1}}""") },
        { "data with a number that is none", Claim("""{"a":NaN}""") },
        { "half a character", """{"eventType":"a","data":"{\"a\":\"\ud800\"}"}""" },
        { "an id of the event that is a number", Claim(Order.Replace("\"e-1\"", "1", StringComparison.Ordinal)) },
        { "an id of the event of two lines", Claim(Order.Replace("e-1", "e\\n1", StringComparison.Ordinal)) },
        { "an id of the entity that is a list", Claim(Order.Replace("\"o-1\",\"eventTime", "[],\"eventTime", StringComparison.Ordinal)) },
        { "a time that is none", Claim(Order.Replace("2026-12-01", "2026-13-01", StringComparison.Ordinal)) },
        { "a time that is a number", Claim(Order.Replace("\"2026-12-01T10:00:00.123456789Z\"", "1", StringComparison.Ordinal)) },
        { "an identity that is an object", """{"eventType":"a","identity":{},"data":"{}"}""" },
        { "an identity that is no JSON", """{"eventType":"a","identity":"MEMBER","data":"{}"}""" },
        { "an identity that is a list", """{"eventType":"a","identity":"[]","data":"{}"}""" },
        { "an identity of a number", """{"eventType":"a","identity":"{\"identityType\":1}","data":"{}"}""" },
        { "an identity of two lines", """{"eventType":"a","identity":"{\"identityType\":\"MEMBER\",\"memberId\":\"a\\nb\"}","data":"{}"}""" },
        { "too deep outside", """{"eventType":"a","data":"{}","x":""" + Deep(StrictJson.MaxDepth) + "}" },
        { "too deep inside", Claim("""{"x":""" + Deep(StrictJson.MaxDepth) + "}") },
        { "very deep inside", Claim("""{"x":""" + Deep(100_000) + "}") },
        { "too long", Claim(JsonSerializer.Serialize(new { x = new string('a', StrictJson.MaxLength) })) },
    };

    [Fact]
    public void An_event_says_what_Wix_wrote()
    {
        var e = WixEvent.Parse(Claim(Order));

        Assert.Equal(("wix.ecom.v1.order_created", "i-1", "e-1"), (e.EventType, e.InstanceId, e.Id));
        Assert.Equal(("wix.ecom.v1.order", "created", "o-1"), (e.EntityFqdn, e.Slug, e.EntityId));
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 10, 0, 0, TimeSpan.Zero).AddTicks(1_234_568), e.EventTime);
        Assert.Equal((WixEventIdentityKind.Member, "m-1"), (e.Identity.Kind, e.Identity.Id));
        Assert.Equal("10001", (string?)e.Data["createdEvent"]!["entity"]!["number"]);
        Assert.Equal("wix.ecom.v1.order_created e-1", e.ToString());
    }

    [Fact]
    public void An_older_event_is_its_data_and_has_nothing_of_a_domain_event()
    {
        var e = WixEvent.Parse("""{"eventType":"AppRemoved","instanceId":"i","data":"{\"id\":[1],\"slug\":7,\"eventTime\":false}"}""");

        Assert.Equal(("AppRemoved", null, null, null), (e.EventType, e.Id, e.EntityFqdn, e.Slug));
        Assert.Null(e.EntityId);
        Assert.Null(e.EventTime);
        Assert.Equal("[1]", e.Data["id"]!.ToJsonString());
    }

    [Theory]
    [InlineData("ANONYMOUS_VISITOR", "anonymousVisitorId", WixEventIdentityKind.Visitor)]
    [InlineData("MEMBER", "memberId", WixEventIdentityKind.Member)]
    [InlineData("WIX_USER", "wixUserId", WixEventIdentityKind.User)]
    [InlineData("APP", "appId", WixEventIdentityKind.App)]
    [InlineData("UNKNOWN", "memberId", WixEventIdentityKind.Unknown)]
    [InlineData("SOMETHING_NEW", "memberId", WixEventIdentityKind.Unknown)]
    public void Who_caused_it_is_read_of_the_member_that_goes_with_the_kind(string type, string member, WixEventIdentityKind kind)
    {
        var identity = new JsonObject
        {
            ["identityType"] = type,
            ["anonymousVisitorId"] = "x",
            ["memberId"] = "x",
            ["wixUserId"] = "x",
            ["appId"] = "x",
        };
        identity[member] = "who";

        var e = WixEvent.Parse(new JsonObject
        {
            ["eventType"] = "a",
            ["identity"] = identity.ToJsonString(),
            ["data"] = "{}",
        }.ToJsonString());

        Assert.Equal((kind, kind == WixEventIdentityKind.Unknown ? null : "who"), (e.Identity.Kind, e.Identity.Id));
    }

    [Theory]
    [InlineData("""{"eventType":"a","data":"{}"}""")]
    [InlineData("""{"eventType":"a","identity":null,"instanceId":null,"data":"{}"}""")]
    [InlineData("""{"eventType":"a","identity":"","instanceId":"","data":"{}"}""")]
    public void What_Wix_did_not_say_is_unknown(string claim)
    {
        var e = WixEvent.Parse(claim);

        Assert.Null(e.InstanceId);
        Assert.Equal((WixEventIdentityKind.Unknown, null), (e.Identity.Kind, e.Identity.Id));
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void What_is_malformed_is_a_format_exception_that_quotes_nothing(string what, string claim)
    {
        var failure = Record.Exception(() => WixEvent.Parse(claim));

        Assert.True(failure is FormatException, $"{what}: {failure}");
        Assert.True(failure.Message.Length < 120, what);
    }

    [Fact]
    public void As_deep_and_as_long_as_it_may_be_it_is_read()
    {
        WixEvent.Parse(Claim("""{"x":""" + Deep(StrictJson.MaxDepth - 1) + "}"));
        var space = StrictJson.MaxLength - Claim("""{"x":""}""").Length;
        Assert.Equal(StrictJson.MaxLength, Claim($$"""{"x":"{{new string('a', space)}}"}""").Length);
        WixEvent.Parse(Claim($$"""{"x":"{{new string('a', space)}}"}"""));
    }

    [Fact]
    public void Whatever_is_done_to_an_event_it_is_read_or_a_format_exception()
    {
        var whole = Claim(Order);
        var characters = Gen.Elements("{}[]\",:\\u0d8Fnt \n\0é\ud800".ToCharArray());
        var change =
            from at in Gen.Choose(0, whole.Length - 1)
            from length in Gen.Choose(0, 6)
            from put in characters.ArrayOf()
            select whole[..at] + new string(put) + whole[Math.Min(whole.Length, at + length)..];
        var read = 0;

        foreach (var text in change.Sample(20_000, Seed, 8).Concat(ArbMap.Default.GeneratorFor<string>().Sample(2_000, Seed, 60)))
        {
            try
            {
                WixEvent.Parse(text ?? "");
                read++;
            }
            catch (FormatException)
            {
                // as it should be
            }
        }

        Assert.InRange(read, 100, 20_000); // some changes hurt nothing
    }

    private static string Claim(string data) => new JsonObject
    {
        ["eventType"] = "wix.ecom.v1.order_created",
        ["instanceId"] = "i-1",
        ["identity"] = """{"identityType":"MEMBER","memberId":"m-1"}""",
        ["data"] = data,
    }.ToJsonString();

    private static string Deep(int depth) => new string('[', depth) + new string(']', depth);
}
