using System.Net;
using System.Text.Json.Nodes;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace Endpoints.Wix.Tests.Webhooks;

/// <summary>A tool answers a request that is as its type says, and every other with a business error: Wix validates neither.</summary>
public sealed class ToolTests
{
    private const string Address = "/_wix/extensions/service-plugins/tools-provider-config";

    private readonly PluginJournal _journal = new() { Then = static (_, _, _) => Task.FromResult<JsonObject>([]) };

    [Fact]
    public async Task A_tool_runs_as_the_app_for_the_user_who_asked_the_assistant()
    {
        await using var site = await StartAsync();
        _journal.Then = static async (services, _, ct) =>
        {
            await services.GetRequiredService<ElevatedWixClient>().SiteProperties.GetSitePropertiesAsync(cancellationToken: ct);
            return [];
        };

        var answer = await RunAsync(site, "sample-tool", """{"number":"n-1","count":5,"kind":1,"parts":[{"name":"box"}]}""");
        var other = await RunAsync(site, "other-tool", null);

        Assert.Equal((HttpStatusCode.OK, """{"response":{"status":"User","for":"n-1"}}"""), (answer.Status, answer.Body));
        Assert.Equal((HttpStatusCode.OK, """{"response":{"status":"other","for":null}}"""), (other.Status, other.Body));
        Assert.Equal(1, site.Site.Wix.CountOf(WixSite.GetSiteProperties));
        Assert.Contains(site.Site.Logs.Of("ElevationAudit"), static line =>
            line.Contains("plugin TOOLS_PROVIDER_CONFIG/sample-tool", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_that_is_not_as_its_type_says_is_a_business_error_and_runs_nothing()
    {
        await using var site = await StartAsync();
        foreach (var (payload, name) in new (string, string)[]
        {
            ("""{"number":7}""", "number"), ("""{"number":null}""", "number"), ("""{"number":"forbidden"}""", "number"),
            ("""{"number":"n","count":"3"}""", "count"), ("""{"number":"n","count":6}""", "count"), ("""{"number":"n","kind":7}""", "kind"),
            ("""{"number":"n","parts":[{"name":"box"},{"name":"a crate"}]}""", "parts[1].name"),
            ("""{"number":"n","parts":[{"name":["box"]}]}""", "parts[0].name"),
            ("""{"count":3}""", "number"), ("{}", "number"), ("null", "number"), ("""{"number":"n","more":1}""", "more"),
            ("[]", ""), ("\"n\"", ""), ("7", ""),
        })
        {
            var answer = await RunAsync(site, "sample-tool", payload);

            Assert.True(answer.Status == HttpStatusCode.BadRequest, $"{payload}: {answer.Status} {answer.Body}");
            var error = JsonNode.Parse(answer.Body)!["applicationError"]!;
            Assert.Equal("INVALID_PAYLOAD", (string?)error["code"]);
            Assert.Equal((payload, name), (payload, Assert.Single(error["data"]!["errors"]!.AsObject()).Key));
            Assert.DoesNotContain("Endpoints", answer.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("System", answer.Body, StringComparison.Ordinal);
        }

        Assert.Empty(_journal.Calls);
    }

    [Fact]
    public async Task A_tool_that_there_is_not_is_a_business_error()
    {
        await using var site = await StartAsync();
        foreach (var request in new[]
        {
            """{"methodName":"Sample-Tool"}""", """{"methodName":"x"}""", """{"methodName":7}""", """{"methodName":null}""", "{}",
        })
        {
            var answer = await site.PostAsync(Sign(site, JsonNode.Parse(request)!.AsObject()), Address + "/v1/run-tool");

            Assert.Equal((HttpStatusCode.NotFound, """{"applicationError":{"code":"UNKNOWN_TOOL"}}"""), (answer.Status, answer.Body));
        }
    }

    [Fact]
    public async Task What_a_tool_declares_is_answered_and_what_it_fails_with_is_not()
    {
        await using var site = await StartAsync();
        _journal.Then = static (_, _, _) => throw new WixPluginException(409, "NOT_NOW");
        var declared = await RunAsync(site, "sample-tool", """{"number":"n"}""");
        _journal.Then = static (_, _, _) => throw new InvalidOperationException("canary-secret");
        var failed = await RunAsync(site, "sample-tool", """{"number":"n"}""");
        _journal.Then = static (_, _, _) => Task.FromResult<JsonObject>([]);
        var nothing = await RunAsync(site, "sample-tool", """{"number":"null"}""");

        Assert.Equal((HttpStatusCode.Conflict, """{"applicationError":{"code":"NOT_NOW"}}"""), (declared.Status, declared.Body));
        Assert.Equal((HttpStatusCode.InternalServerError, ""), (failed.Status, failed.Body));
        Assert.Equal((HttpStatusCode.InternalServerError, ""), (nothing.Status, nothing.Body));
    }

    [Fact]
    public async Task S46_What_is_signed_for_another_plugin_runs_no_tool_and_Only_holds_for_each()
    {
        await using var site = await StartAsync(only: []);
        _journal.Then = static async (services, _, ct) =>
        {
            await services.GetRequiredService<ElevatedWixClient>().SiteProperties.GetSitePropertiesAsync(cancellationToken: ct);
            return [];
        };
        var request = new JsonObject { ["methodName"] = "sample-tool", ["payload"] = new JsonObject { ["number"] = "n" } };

        Assert.Equal(HttpStatusCode.Unauthorized,
            (await site.PostAsync(Sign(site, request, "ECOM_SHIPPING_RATES"), Address + "/v1/run-tool")).Status);
        Assert.Empty(_journal.Calls);
        Assert.Equal(HttpStatusCode.InternalServerError, (await site.PostAsync(Sign(site, request), Address + "/v1/run-tool")).Status);
        Assert.Equal(0, site.Site.Wix.CountOf(WixSite.GetSiteProperties));
        Assert.Equal(HttpStatusCode.NotFound, (await site.PostAsync(Sign(site, request), Address + "/v1/run-tools")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Site.GetAsync("/_endpoints/tools")).Status); // in Development alone
    }

    [Fact]
    public async Task The_type_under_which_Wix_calls_can_be_set()
    {
        await using var site = await StartAsync(configure: static options => options.Events.ToolsProviderType = "TOOLS");

        var request = new JsonObject { ["methodName"] = "other-tool" };

        Assert.Equal(HttpStatusCode.OK, (await site.PostAsync(Sign(site, request, "TOOLS"), Address + "/v1/run-tool")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.PostAsync(Sign(site, request), Address + "/v1/run-tool")).Status);
    }

    [Fact]
    public async Task In_Development_a_page_has_the_declaration_of_all_tools()
    {
        await using var site = await StartAsync(isDevelopment: true);

        var page = await site.Site.GetAsync("/_endpoints/tools");

        Assert.Equal((HttpStatusCode.OK, "application/json"), (page.Status, page.MediaType));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""
            {
              "tools": [
                {
                  "methodName": "other-tool",
                  "description": "Says nothing of anything.",
                  "activated": true,
                  "requestSchema": { "type": "object", "additionalProperties": false },
                  "responseSchema": {
                    "type": "object",
                    "properties": { "status": { "type": "string" }, "for": { "type": ["string", "null"], "default": null } },
                    "required": ["status"]
                  }
                },
                {
                  "methodName": "sample-tool",
                  "displayName": "Sample",
                  "description": "Says as whom it has been run, for what.",
                  "activated": true,
                  "requestSchema": {
                    "type": "object",
                    "properties": {
                      "number": { "description": "The number on the label.", "type": "string" },
                      "count": { "type": "integer", "default": 1, "minimum": 1, "maximum": 5 },
                      "kind": { "type": "integer", "default": 0 },
                      "parts": {
                        "type": ["array", "null"],
                        "items": {
                          "type": "object",
                          "properties": { "name": { "type": "string", "maxLength": 5 } },
                          "additionalProperties": false,
                          "required": ["name"]
                        },
                        "default": null
                      }
                    },
                    "additionalProperties": false,
                    "required": ["number"]
                  },
                  "responseSchema": {
                    "type": "object",
                    "properties": { "status": { "type": "string" }, "for": { "type": ["string", "null"], "default": null } },
                    "required": ["status"]
                  }
                }
              ]
            }
            """), JsonNode.Parse(page.Body)), page.Body);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Site.GetAsync("/_endpoints/tools?app=none")).Status);
    }

    public static TheoryData<string, Action<IServiceCollection>> Wrong => new()
    {
        { "can't be declared", static services => services.AddWixPlugin<Undeclared>() },
        { "its name is none", static services => services.AddWixPlugin<Misnamed>() },
        { "'other-tool'", static services => services.AddWixPlugin<OtherTool>().AddWixPlugin<OtherTool>() },
        { "is none", static services => services.AddWixPlugin<Number>() },
        { "as well", static services => services.AddWixPlugin<OtherTool>().AddWixPlugin<Whole>() },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_tool_that_can_not_be_declared_stops_the_start(string message, Action<IServiceCollection> add)
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => SignedSite.StartAsync(build: builder => add(builder.Services)));

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    private static Task<Answer> RunAsync(SignedSite site, string tool, string? payload)
    {
        var request = new JsonObject { ["methodName"] = tool };
        if (payload is not null)
            request["payload"] = JsonNode.Parse(payload);
        return site.PostAsync(Sign(site, request), Address + "/v1/run-tool");
    }

    private static string Sign(SignedSite site, JsonObject request, string type = "TOOLS_PROVIDER_CONFIG")
    {
        var claims = new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["metadata"] = new JsonObject
                {
                    ["appExtensionType"] = type,
                    ["instanceId"] = site.InstanceId,
                    ["requestId"] = "r-1",
                    ["identity"] = new JsonObject { ["identityType"] = "WIX_USER", ["wixUserId"] = "u-1" },
                },
                ["request"] = request.DeepClone(),
            },
            ["iss"] = "wix.com",
            ["aud"] = site.Site.Wix.App.ClientId,
            ["iat"] = site.Now.ToUnixTimeSeconds(),
            ["exp"] = site.Now.AddMinutes(5).ToUnixTimeSeconds(),
        };
        return SignedText.Sign(SignedText.Header, claims.ToJsonString());
    }

    private Task<SignedSite> StartAsync(bool isDevelopment = false, string[]? only = null, Action<WixOptions>? configure = null) =>
        SignedSite.StartAsync(
            options =>
            {
                options.Events.PluginTimeout = TimeSpan.FromSeconds(30);
                configure?.Invoke(options);
            },
            builder =>
            {
                if (isDevelopment) // the host's own, which endpoints are mapped by
                    builder.Services.AddSingleton<IHostEnvironment>(new HostingEnvironment
                    {
                        EnvironmentName = Environments.Development, ApplicationName = builder.Environment.ApplicationName,
                        ContentRootPath = builder.Environment.ContentRootPath,
                        ContentRootFileProvider = builder.Environment.ContentRootFileProvider,
                    });
                builder.Services.AddSingleton(_journal);
                builder.Services.AddEndpointValidators();
                builder.Services.AddWixPlugin<SampleTool>(options => options.Only = only);
                builder.Services.AddWixPlugin<OtherTool>();
            });

    private sealed class Undeclared : WixTool<ToolQuery, ToolStatus>
    {
        public override Task<ToolStatus> RunAsync(ToolQuery request, WixPluginCall call, CancellationToken cancellationToken) => null!;
    }

    [WixTool("a b", "Says something of it.")]
    private sealed class Misnamed : WixTool<ToolQuery, ToolStatus>
    {
        public override Task<ToolStatus> RunAsync(ToolQuery request, WixPluginCall call, CancellationToken cancellationToken) => null!;
    }

    [WixTool("number", "Says something of it.")]
    private sealed class Number : WixTool<ToolQuery, List<int>>
    {
        public override Task<List<int>> RunAsync(ToolQuery request, WixPluginCall call, CancellationToken cancellationToken) => null!;
    }

    private sealed class Whole : WixPlugin, IWixPlugin
    {
        static WixPluginTable IWixPlugin.Table { get; } = new("TOOLS_PROVIDER_CONFIG");
    }
}
