using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Webhooks;

/// <summary>A plugin answers what Wix has signed for it, at its own address, and leaks nothing when it can't.</summary>
public sealed class PluginTests
{
    private const string Base = "/_wix/extensions/service-plugins/ecom-shipping-rates";
    private const string Rates = Base + "/v1/getRates";

    private readonly PluginJournal _journal = new();

    [Fact]
    public async Task A_method_answers_as_the_app_on_the_instance_that_is_called()
    {
        await using var site = await StartAsync();
        _journal.Then = static async (services, call, ct) =>
        {
            await services.GetRequiredService<ElevatedWixClient>().SiteProperties.GetSitePropertiesAsync(cancellationToken: ct);
            var caller = services.GetRequiredService<Caller>();
            return new() { ["for"] = $"{caller.Kind} {caller.Id} {call.Currency}", ["asked"] = (string?)call.Request["a"] };
        };

        var answer = await site.PostAsync(Sign(Claims(site)), Rates);

        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.Status, answer.MediaType));
        Assert.Equal($$"""{"for":"Visitor v-1 EUR","asked":"{{SignedText.Canary}}"}""", answer.Body);
        Assert.Equal("rates", Assert.Single(_journal.Calls).Method);
        Assert.Equal((1, 1), (_journal.Disposed, site.Site.Wix.CountOf(WixSite.GetSiteProperties)));
        Assert.Contains(site.Site.Logs.Of("ElevationAudit"), line =>
            line.Contains("plugin ECOM_SHIPPING_RATES", StringComparison.Ordinal) && line.Contains("r-1", StringComparison.Ordinal)
            && line.Contains(site.InstanceId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_business_error_is_answered_as_Wix_wants_it()
    {
        await using var site = await StartAsync();
        _journal.Then = static (_, _, _) => throw new WixPluginException(428, "MISSING_POSTAL_CODE", new() { ["hint"] = 1 });
        var withData = await site.PostAsync(Sign(Claims(site)), Rates);
        _journal.Then = static (_, _, _) => throw new WixPluginException(400, "GENERIC_ERROR");
        var without = await site.PostAsync(Sign(Claims(site)), Rates);

        Assert.Equal(((HttpStatusCode)428, """{"applicationError":{"code":"MISSING_POSTAL_CODE","data":{"hint":1}}}"""),
            (withData.Status, withData.Body));
        Assert.Equal((HttpStatusCode.BadRequest, """{"applicationError":{"code":"GENERIC_ERROR"}}"""), (without.Status, without.Body));
    }

    [Fact]
    public async Task Every_other_failure_is_500_and_no_word()
    {
        await using var site = await StartAsync();
        foreach (var failure in new Exception[]
        {
            new InvalidOperationException("canary-secret"), new FormatException("canary-secret"),
            new OperationCanceledException("canary-secret"),
            new WixApiException("canary-secret", HttpStatusCode.Forbidden), new WixUnavailableException("canary-secret"),
        })
        {
            _journal.Then = (_, _, _) => throw failure;
            var answer = await site.PostAsync(Sign(Claims(site)), Rates);
            Assert.Equal((HttpStatusCode.InternalServerError, ""), (answer.Status, answer.Body));
        }

        _journal.Then = static (_, _, _) => Task.FromResult<JsonObject>(null!);
        Assert.Equal(HttpStatusCode.InternalServerError, (await site.PostAsync(Sign(Claims(site)), Rates)).Status);
    }

    [Fact]
    public async Task A_method_that_takes_too_long_is_told_so_and_the_call_fails()
    {
        var clock = new TimerClock();
        await using var site = await StartAsync(static options => options.Events.PluginTimeout = TimeSpan.FromSeconds(2), clock);
        var (begun, canceled) = (new TaskCompletionSource(), new TaskCompletionSource());
        _journal.Then = async (_, _, ct) =>
        {
            using var told = ct.Register(canceled.SetResult);
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            return [];
        };

        var answer = site.PostAsync(Sign(Claims(site)), Rates);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal((HttpStatusCode.InternalServerError, ""), ((await answer).Status, (await answer).Body));
        await canceled.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public static TheoryData<string, string> OtherPlaces => new()
    {
        { "no method", Base }, { "no method, with a slash", Base + "/" }, { "a method that is none", Base + "/v1/getRatesx" },
        { "a prefix", Base + "/x/v1/getRates" }, { "another's prefix", Base + "/v1/other/v1/getRates" },
        { "two slashes", Base + "//v1/getRates" },
        { "a slash behind", Rates + "/" }, { "other letters", Base + "/V1/getrates" }, { "an encoded slash", Base + "/v1%2FgetRates" },
        { "encoded twice", Base + "/v1/get%2552ates" }, { "a backslash", Base + "/v1%5CgetRates" }, { "a parameter", Rates + ";a=b" },
        { "a point", Rates + "." }, { "an extension", Rates + ".json" },
        { "another plugin", "/_wix/extensions/service-plugins/other/v1/getRates" },
        { "no plugin", "/_wix/extensions/service-plugins/v1/getRates" },
        { "a blank", Base + "/v1/getRates%20" },
    };

    [Theory]
    [MemberData(nameof(OtherPlaces))]
    public async Task S46_Only_the_exact_path_of_a_method_is_one(string what, string path)
    {
        await using var site = await StartAsync();

        var answer = await site.PostAsync(Sign(Claims(site)), path);

        Assert.True(answer.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{what}: {answer.Status}");
        Assert.Empty(_journal.Calls);
    }

    public static TheoryData<string, string> OtherCalls => new()
    {
        { "another plugin", "ECOM_VALIDATIONS" }, { "an end", "SHIPPING_RATES" }, { "a beginning", "ECOM_SHIPPING_RATES_2" },
        { "a prefix", "X_ECOM_SHIPPING_RATES" }, { "a blank", "ECOM_SHIPPING_RATES " }, { "the address", "ecom-shipping-rates" },
    };

    [Theory]
    [MemberData(nameof(OtherCalls))]
    public async Task S46_What_is_signed_for_another_plugin_is_refused_at_this_address(string what, string type)
    {
        await using var site = await StartAsync();

        var answer = await site.PostAsync(Sign(Claims(site, type)), Rates);

        Assert.True((answer.Status, answer.Body) == (HttpStatusCode.Unauthorized, ""), $"{what}: {answer.Status} {answer.Body}");
        Assert.Empty(_journal.Calls);
        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(Sign(Claims(site, "ecom_Shipping_rates")), Rates)).Status);
    }

    [Fact]
    public async Task S45_S46_A_call_is_of_Wix_for_this_app_and_for_now()
    {
        await using var site = await StartAsync();
        var (good, now) = (Claims(site), site.Now.ToUnixTimeSeconds());
        var forever = (JsonObject)good.DeepClone();
        forever.Remove("exp");
        forever.Remove("iat");
        foreach (var (attack, claims) in new (string, string)[]
        {
            ("no issuer", Without(good, "iss")), ("no audience", Without(good, "aud")), ("for ever", forever.ToJsonString()),
            ("another issuer", SignedText.With(good, "iss", "evil.example")), ("another app", SignedText.With(good, "aud", "other")),
            ("other apps", SignedText.With(good, "aud", new JsonArray("other"))), ("over", SignedText.With(good, "exp", now)),
            ("not valid yet", SignedText.With(good, "nbf", now + 61)), ("an event", site.Claims().ToJsonString()),
            ("an event with issuer and audience", SignedText.With(JsonNode.Parse(SignedText.With(
                site.Claims(), "iss", "wix.com"))!.AsObject(), "aud", site.Site.Wix.App.ClientId)),
            ("no data", Without(good, "data")), ("data as text", SignedText.With(good, "data", good["data"]!.ToJsonString())),
            ("data as a list", SignedText.With(good, "data", new JsonArray())),
            ("metadata twice", good.ToJsonString().Replace("\"request\":", "\"metadata\":{},\"request\":", StringComparison.Ordinal)),
        })
        {
            var body = SignedText.Sign(SignedText.Header, claims);
            site.Refused(attack, HttpStatusCode.Unauthorized, await site.PostAsync(body, Rates), Encoding.ASCII.GetBytes(body));
        }

        foreach (var (attack, data) in new (string, string)[]
        {
            ("no metadata", """{"request":{}}"""), ("no type", """{"metadata":{"instanceId":"i"}}"""),
            ("no instance", """{"metadata":{"appExtensionType":"ECOM_SHIPPING_RATES"}}"""),
            ("a request that is a list", """{"metadata":{"appExtensionType":"ECOM_SHIPPING_RATES","instanceId":"i"},"request":[]}"""),
        })
        {
            var body = SignedText.Sign(SignedText.Header, SignedText.With(good, "data", JsonNode.Parse(data)));
            site.Refused(attack, HttpStatusCode.BadRequest, await site.PostAsync(body, Rates), Encoding.ASCII.GetBytes(body));
        }

        Assert.Empty(_journal.Calls);
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.PostAsync(Sign(good), SignedSite.Path)).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(Sign(good), Rates)).Status);
    }

    [Fact]
    public async Task S05_The_forgeries_of_events_are_none_of_a_plugins_calls_either()
    {
        await using var site = await StartAsync();

        foreach (var (attack, _, body) in ForgedEvents.For(site))
        {
            var answer = await site.PostAsync(body, Rates);
            Assert.True(answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest && answer.Body.Length == 0, attack);
        }

        Assert.Empty(_journal.Calls);
    }

    [Fact]
    public async Task The_emulators_calls_are_answered()
    {
        await using var site = await StartAsync();

        var token = site.Site.Wix.SignServicePlugin(SamplePlugin.Type, new JsonObject { ["a"] = 1 });

        Assert.Equal("""{"rates":1}""", (await site.PostAsync(token, Rates)).Body);
    }

    [Fact]
    public async Task The_address_of_a_plugin_can_be_changed_and_two_of_one_address_stop_the_start()
    {
        await using var site = await StartAsync(static options => options.Events.PluginPath = "/plugins", address: "rates");
        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(Sign(Claims(site)), "/plugins/rates/v1/getRates")).Status);

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => SignedSite.StartAsync(build: static builder =>
        {
            builder.Services.AddWixPlugin<SamplePlugin>(static options => options.Address = "one");
            builder.Services.AddWixPlugin<SamplePlugin>(static options => options.Address = "ONE");
        }));
        Assert.Contains("'ONE'", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => SignedSite.StartAsync(build: static builder =>
            builder.Services.AddWixPlugin<SamplePlugin>(static options => options.Address = "{id}")));
    }

    [Fact]
    public async Task Only_holds_for_a_plugin()
    {
        await using var site = await StartAsync(only: []);
        _journal.Then = static async (services, _, ct) =>
        {
            await services.GetRequiredService<ElevatedWixClient>().SiteProperties.GetSitePropertiesAsync(cancellationToken: ct);
            return [];
        };

        Assert.Equal(HttpStatusCode.InternalServerError, (await site.PostAsync(Sign(Claims(site)), Rates)).Status);
        Assert.Equal(0, site.Site.Wix.CountOf(WixSite.GetSiteProperties));
    }

    private static JsonObject Claims(SignedSite site, string type = SamplePlugin.Type) => new()
    {
        ["data"] = new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["appExtensionType"] = type,
                ["instanceId"] = site.InstanceId,
                ["requestId"] = "r-1",
                ["identity"] = new JsonObject { ["identityType"] = "ANONYMOUS_VISITOR", ["anonymousVisitorId"] = "v-1" },
                ["currency"] = "EUR",
                ["languages"] = new JsonArray("en"),
            },
            ["request"] = new JsonObject { ["a"] = SignedText.Canary },
        },
        ["iss"] = "wix.com",
        ["aud"] = site.Site.Wix.App.ClientId,
        ["iat"] = site.Now.ToUnixTimeSeconds(),
        ["exp"] = site.Now.AddMinutes(5).ToUnixTimeSeconds(),
    };

    private static string Sign(JsonObject claims)
    {
        return SignedText.Sign(SignedText.Header, claims.ToJsonString());
    }

    private static string Without(JsonObject claims, string name)
    {
        var changed = (JsonObject)claims.DeepClone();
        changed.Remove(name);
        return changed.ToJsonString();
    }

    private Task<SignedSite> StartAsync(
        Action<WixOptions>? configure = null, TestClock? clock = null, string? address = null, string[]? only = null) =>
        SignedSite.StartAsync(
            options =>
            {
                options.Events.PluginTimeout = TimeSpan.FromSeconds(30);
                configure?.Invoke(options);
            },
            builder =>
            {
                builder.Services.AddSingleton(_journal);
                builder.Services.AddWixPlugin<SamplePlugin>(options => (options.Address, options.Only) = (address, only));
            },
            clock: clock);
}
