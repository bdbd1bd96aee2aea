using System.Text.Json;
using System.Text.Json.Nodes;
using Endpoints.Wix;
using Endpoints.Wix.Emulator;

namespace Endpoints.Interop.Tests;

/// <summary>Wix's SDK and this library make the same of every event and of every service plugin call that the emulator sends.</summary>
public sealed class EveryEventTests(WixAndNode fixture) : InteropTest(fixture)
{
    // What JavaScript has other names for, in addresses.
    private static readonly Dictionary<string, string> WireNames = new(StringComparer.Ordinal)
    {
        ["_id"] = "id",
        ["_createdDate"] = "createdDate",
        ["_updatedDate"] = "updatedDate",
        ["addressLine1"] = "addressLine",
        ["formatted"] = "formattedAddress",
        ["location"] = "geocode",
    };

    [Fact]
    public async Task Every_event_is_the_same_to_the_SDK_and_to_us()
    {
        var identities = new[] { EmulatedIdentity.Visitor(), EmulatedIdentity.Member(), EmulatedIdentity.User(), EmulatedIdentity.App() };
        var events = WixEmulator.EventTypes
            .Select((type, i) => EmulatedEvent.Of(type) with { Identity = identities[i % identities.Length] }).ToList();
        var bodies = events.ConvertAll(what => Wix.SignWebhook(what));

        var seen = await Node.RunAsync<JsonElement>("events/everyEvent", new
        {
            AppId = Wix.App.ClientId,
            Wix.App.PublicKey,
            Events = events.Select((what, i) =>
                new { Type = what.EventType, IsDomainEvent = what.EntityFqdn.Length > 0, Body = bodies[i] }),
        });

        Assert.Equal(573, seen.GetArrayLength());
        foreach (var ((theirs, body), what) in seen.EnumerateArray().Zip(bodies).Zip(events))
        {
            var ours = WixEvent.Parse(Claims(body).GetProperty("data").GetString()!);
            Assert.Equal((what.EventType, Wix.InstanceId), (ours.EventType, ours.InstanceId));
            Assert.Equal((Text(theirs, "eventType"), Text(theirs, "instanceId")), (ours.EventType, ours.InstanceId));
            Assert.Equal(Text(theirs, "identity", ours.Identity.Kind switch
            {
                WixEventIdentityKind.Visitor => "anonymousVisitorId",
                WixEventIdentityKind.Member => "memberId",
                WixEventIdentityKind.User => "wixUserId",
                _ => "appId",
            }), ours.Identity.Id);
            Same(theirs.GetProperty("payload"), ours.Data, what.EventType);
            Received(Assert.Single(theirs.GetProperty("received").EnumerateArray()), ours);
        }
    }

    [Fact]
    public async Task Every_service_plugin_call_is_the_same_to_its_package_and_to_us()
    {
        var calls = Plugins().ToList();

        var seen = await Node.RunAsync<JsonElement>("events/everyPlugin", new
        {
            AppId = Wix.App.ClientId,
            Wix.App.PublicKey,
            Calls = calls.Select(static call => new { call.Package, call.Method, call.Url, call.Body, Answer = new { } }),
        });

        Assert.Equal(55, seen.GetArrayLength());
        foreach (var (theirs, call) in seen.EnumerateArray().Zip(calls))
        {
            var ours = WixPluginCall.Parse(Claims(call.Body).GetProperty("data").GetRawText());
            var payload = Assert.Single(theirs.GetProperty("received").EnumerateArray());
            Assert.Equal((Text(payload, "metadata", "appExtensionType"), Text(payload, "metadata", "instanceId")),
                (ours.ExtensionType, ours.InstanceId));
            Assert.Equal((Text(payload, "metadata", "requestId"), Text(payload, "metadata", "currency")), (ours.RequestId, ours.Currency));
            Assert.Equal(Text(payload, "metadata", "identity", "anonymousVisitorId"), ours.Identity.Id);
            Assert.Equal(payload.GetProperty("metadata").GetProperty("languages").EnumerateArray().Select(static one => one.GetString()),
                ours.Languages);
            var request = OnTheWire(JsonNode.Parse(payload.GetProperty("request").GetRawText()), ours.Request);
            Assert.True(JsonNode.DeepEquals(request, ours.Request), $"{call.Package} {call.Method}\n{request}\n{ours.Request}");
            Assert.Equal("{}", theirs.GetProperty("answer").GetRawText());
        }
    }

    [Fact]
    public async Task Every_declared_error_of_a_plugin_is_answered_as_the_facts_say()
    {
        var errors = 0;
        foreach (var call in Plugins().DistinctBy(static call => call.Package))
        {
            var seen = await Node.RunAsync<JsonElement>("events/everyPluginError", new
            {
                AppId = Wix.App.ClientId,
                Wix.App.PublicKey,
                call.Package,
                call.Method,
                call.Url,
                call.Body,
            });

            var theirs = seen.EnumerateArray().ToList();
            errors += theirs.Count;
            Assert.Equal(call.Errors, theirs
                .Select(static one => $"{one.GetProperty("status")} {Text(one, "answer", "applicationError", "code")}").Distinct()
                .Order(StringComparer.Ordinal));
        }

        Assert.InRange(errors, 40, int.MaxValue);
    }

    /// <summary>Verifies that what the SDK gives a handler is what the typed event has.</summary>
    private static void Received(JsonElement envelope, WixEvent ours)
    {
        var metadata = envelope.GetProperty("metadata");
        Assert.Equal(Text(metadata, "instanceId"), ours.InstanceId);
        if (ours.EntityFqdn is null)
        {
            Same(envelope.GetProperty("data"), ours.Data, ours.EventType);
            return;
        }

        Assert.Equal((Text(metadata, "id"), Text(metadata, "entityFqdn"), Text(metadata, "slug"), Text(metadata, "entityId")),
            (ours.Id, ours.EntityFqdn, ours.Slug, ours.EntityId));
        Assert.Equal(metadata.GetProperty("eventTime").GetDateTimeOffset(), ours.EventTime);
        var (member, name, theirs) = ours.Data.ContainsKey("createdEvent") ? ("createdEvent", "entity", "entity")
            : ours.Data.ContainsKey("updatedEvent") ? ("updatedEvent", "currentEntity", "entity")
            : ours.Data.ContainsKey("deletedEvent") ? ("deletedEvent", "deletedEntity", "entity") : ("actionEvent", "body", "data");
        var content = ours.Data[member]![name];
        Assert.Equal(content is not null, envelope.TryGetProperty(theirs, out var seen));
        if (content is not null)
            Same(seen, content, ours.EventType);
    }

    private static void Same(JsonElement theirs, JsonNode ours, string what) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(theirs.GetRawText()), ours), $"{what}\n{theirs}\n{ours}");

    /// <summary>The members that JavaScript has under other names, or as a text of the same value.</summary>
    private static JsonNode? OnTheWire(JsonNode? theirs, JsonNode? ours) => (theirs, ours) switch
    {
        (JsonObject members, JsonObject wire) => new JsonObject(members.Select(pair =>
        {
            var name = !wire.ContainsKey(pair.Key) && WireNames.TryGetValue(pair.Key, out var other) ? other : pair.Key;
            return KeyValuePair.Create(name, OnTheWire(pair.Value, wire[name]));
        })),
        (JsonArray list, JsonArray wire) => new JsonArray([.. list.Select((one, i) => OnTheWire(one, i < wire.Count ? wire[i] : null))]),
        // an image
        (JsonValue text, JsonObject image) when text.ToString().Contains(image["id"]!.ToString(), StringComparison.Ordinal) =>
            image.DeepClone(),
        _ => theirs?.DeepClone(),
    };

    private static JsonElement Claims(string token)
    {
        using var document = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]));
        return document.RootElement.Clone();
    }

    private static string Text(JsonElement element, params string[] path)
    {
        foreach (var name in path)
            element = element.GetProperty(name);
        return element.ToString();
    }

    private static string FactsFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Endpoints.sln")))
                return Path.Combine(folder.FullName, "src", "Endpoints.Wix.Api", "facts");
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has the facts.");
    }

    /// <summary>Each method of each plugin of the facts, called with an example.</summary>
    private IEnumerable<(string Package, string Method, string Url, string Body, IReadOnlyList<string> Errors)> Plugins()
    {
        foreach (var file in Directory.GetFiles(FactsFolder(), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var facts = JsonNode.Parse(File.ReadAllBytes(file))!;
            if (facts["plugin"] is not { } plugin)
                continue;
            var type = (string)plugin["type"]!;
            foreach (var method in plugin["methods"]!.AsArray())
            {
                var name = (string)method!["name"]!;
                yield return ((string)facts["package"]!, name, $"https://example.com/_wix/extensions/service-plugins/x{method["path"]}",
                    Wix.SignServicePlugin(type, WixEmulator.ServicePluginRequest(type, name)),
                    [.. plugin["errors"]?.AsArray().Select(static one => (string)one!) ?? []]);
            }
        }
    }
}
