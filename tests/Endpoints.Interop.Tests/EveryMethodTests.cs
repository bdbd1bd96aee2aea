using System.Buffers.Text;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Endpoints.Interop.Tests.Node;
using Endpoints.Wix;
using Endpoints.Wix.Emulator;
using Microsoft.AspNetCore.WebUtilities;
using Xunit.Abstractions;

namespace Endpoints.Interop.Tests;

/// <summary>
/// The methods of Wix's packages beside those of the .NET modules, on two emulators that are alike: both send the same, and make the same
/// of the answer or of the error.
/// </summary>
public sealed class EveryMethodTests(ITestOutputHelper output)
{
    private const int Count = 200;
    private const int Seed = 13;

    private static readonly Dictionary<string, string> Verticals = new()
    {
        ["app-management"] = "AppManagement", ["bookings"] = "Bookings", ["business-tools"] = "BusinessTools", ["crm"] = "Crm",
        ["data"] = "Data", ["ecom"] = "Ecom", ["events"] = "Events", ["media"] = "Media", ["members"] = "Members",
        ["pricing-plans"] = "PricingPlans", ["redirects"] = "Redirects", ["secrets"] = "Secrets", ["stores"] = "Stores",
    };

    // What addresses have by another name in JavaScript.
    private static readonly Dictionary<string, string> InAddresses = new()
    {
        ["addressLine1"] = "addressLine", ["formatted"] = "formattedAddress", ["location"] = "geocode",
    };

    // What differs, and why that is right.
    private static readonly Dictionary<string, string> Explained = new()
    {
        ["siteProperties.updateBusinessSchedule"] = "The package has no field of the answer. JavaScript passes on what there is.",
        ["siteProperties.updateConsentPolicy"] = "The package has no field of the answer. JavaScript passes on what there is.",
    };

    // What people elevate, but for items of collections and what has no facts.
    private static readonly string[] Named =
    [
        "appInstances.getAppInstance", "embeddedScripts.embedScript", "files.generateFileUploadUrl", "files.generateFileDownloadUrl",
        "collections.createDataCollection", "collections.getDataCollection", "collections.listDataCollections", "checkout.createCheckout",
        "orders.getOrder", "orders.searchOrders", "orderTransactions.addPayments", "orderFulfillments.createFulfillment",
        "extendedBookings.queryExtendedBookings", "bookings.confirmBooking", "bookings.createBooking", "bookings.cancelBooking",
        "bookings.confirmOrDeclineBooking", "services.getService", "services.queryServices", "members.getMember", "members.createMember",
        "members.queryMembers", "authentication.sendSetPasswordEmail", "authentication.changeLoginEmail",
        "catalogVersioning.getCatalogVersion", "productsV3.getProductBySlug", "productsV3.getProduct", "productsV3.queryProducts",
        "inventoryItemsV3.queryInventoryItems", "secrets.getSecretValue", "siteProperties.getSiteProperties", "contacts.createContact",
        "contacts.getContact", "contacts.updateContact", "submittedContact.appendOrCreateContact", "redirects.createRedirectSession",
        "wixEventsV2.queryEvents", "plans.queryPublicPlans", "plans.listPublicPlans",
    ];

    [Fact]
    public async Task The_packages_and_the_modules_send_the_same_and_make_the_same_of_the_answer_and_of_the_error()
    {
        await using var theirs = await StartAsync();
        await using var ours = await StartAsync();
        await using var node = await NodeProcess.StartAsync(theirs);
        await using var services = new ServiceCollection().AddWixClient(options =>
        {
            options.ClientId = ours.App.ClientId;
            options.ClientSecret = new(ours.App.ClientSecret);
            options.InstanceId = ours.InstanceId;
            options.ApiBaseAddress = ours.Address;
        }).BuildServiceProvider();
        var app = services.GetRequiredService<AppWixClient>();

        var chosen = await node.RunAsync<string[]>("everyMethod/choose", new { Verticals = Verticals.Keys, Named, Count, Seed });
        var credentials = new { AppId = theirs.App.ClientId, AppSecret = theirs.App.ClientSecret, theirs.InstanceId };
        var differences = new List<string>();
        var (requests, answers, errors) = (0, 0, 0);
        for (var i = 0; i < chosen.Length; i++)
        {
            theirs.ClearCalls();
            ours.ClearCalls();
            var one = await node.RunAsync<Done>("everyMethod/run", new { Credentials = credentials, Index = i });
            if (one.Thrown is not null)
            {
                differences.Add($"{one.Id}: threw {one.Thrown.Split('\n')[0]}");
                continue;
            }

            var (value, error) = await CallAsync(app, one);
            if (Requests(Sent(theirs), Sent(ours), error) is { } other)
            {
                differences.Add($"{one.Id}: {other}");
                continue;
            }

            requests++;
            if ((one.Error is { } theirError ? Error(theirError, error) : Same(one.Value, value, error, one.IsBuilder)) is { } another)
                differences.Add($"{one.Id}: {another}");
            else if (one.Error is null)
                answers++;
            else
                errors++;
        }

        var unknown = differences.Where(static one => !Explained.ContainsKey(one.Split(':')[0])).ToList();
        output.WriteLine($"{requests} requests, {answers} answers and {errors} errors of {chosen.Length} methods are the same.");
        Assert.Equal(Named.Length + Count, chosen.Length);
        Assert.InRange(answers, Count / 2, int.MaxValue);
        Assert.True(unknown.Count == 0, $"{unknown.Count} of {chosen.Length}:\n{string.Join('\n', unknown)}");
        Assert.Equal(Explained.Count, differences.Count); // what no longer differs needs no explanation
    }

    private static Task<WixEmulator> StartAsync() => WixEmulator.StartAsync(static options =>
    {
        options.Seed = "every method";
        options.TimeProvider = new StandingTime();
    });

    private static async Task<(JsonNode? Value, Exception? Error)> CallAsync(AppWixClient app, Done one)
    {
        var name = char.ToUpperInvariant(one.Method[0]) + one.Method[1..] + "Async";
        var module = Assembly.Load($"Endpoints.Wix.{Verticals[one.Vertical]}").GetExportedTypes().Single(type =>
            typeof(WixModule).IsAssignableFrom(type) && string.Equals(type.Name, one.Service, StringComparison.OrdinalIgnoreCase));
        var method = module.GetMethods().Single(candidate => candidate.Name == name);
        var instance = typeof(AppWixClient).GetMethod(nameof(app.GetModule))!.MakeGenericMethod(module).Invoke(app, null);
        var parameters = method.GetParameters();
        var arguments = parameters.Select((parameter, i) => parameter.ParameterType == typeof(CancellationToken) ? CancellationToken.None
            : i < one.Args.Length && one.Args[i] is { } given ? Argument(given, parameter.ParameterType)
            : parameter.HasDefaultValue ? parameter.DefaultValue : null).ToArray();
        try
        {
            var task = (Task)method.Invoke(instance, arguments)!;
            await task;
            var result = task.GetType().GetProperty("Result")?.GetValue(task);
            return (result is null || result.GetType().Name == "VoidTaskResult" ? null
                : JsonSerializer.SerializeToNode(result, result.GetType(), JsonSerializerOptions.Web), null);
        }
        catch (Exception e)
        {
            return (null, e is TargetInvocationException { InnerException: { } inner } ? inner : e);
        }
    }

    private static object? Argument(JsonNode given, Type type)
    {
        if (typeof(WixMessage).IsAssignableFrom(type))
            return type.GetMethod("Create")!.Invoke(null, [given.DeepClone()]);
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IEnumerable<>))
            return given.Deserialize(type, JsonSerializerOptions.Web);
        var list = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type.GetGenericArguments()))!;
        foreach (var one in given.AsArray())
            list.Add(one is null ? null : Argument(one, type.GetGenericArguments()[0]));
        return list;
    }

    private static List<EmulatedCall> Sent(WixEmulator wix) =>
        [.. wix.Calls.Where(static call => !call.Path.StartsWith("/oauth", StringComparison.Ordinal))];

    private static string? Requests(List<EmulatedCall> theirs, List<EmulatedCall> ours, Exception? error) => theirs.Count != ours.Count
        ? $"{theirs.Count} requests and not {ours.Count}: {error?.Message}"
        : theirs.Zip(ours, Request).FirstOrDefault(static one => one is not null);

    private static string? Request(EmulatedCall theirs, EmulatedCall ours)
    {
        if (theirs.Body.Length >= 16 * 1024 || ours.Body.Length >= 16 * 1024)
            return "the body is longer than what the emulator remembers";
        var (their, our) = (Message(theirs), Message(ours));
        // Where the SDK packs a message into the address, the modules may send the same as a body.
        if (theirs.Path != ours.Path)
            return $"{theirs.Method} {theirs.Path} and not {ours.Method} {ours.Path}";
        if (their is JsonArray && our is JsonObject message)
            our = Flat(message, "");
        return JsonNode.DeepEquals(their, our) ? null : $"sent {their?.ToJsonString()} and not {our?.ToJsonString()}";
    }

    private static JsonArray Flat(JsonNode? node, string path) => node switch
    {
        JsonObject message => Ordered(message.SelectMany(pair => Flat(pair.Value, path.Length == 0 ? pair.Key : $"{path}.{pair.Key}"))),
        JsonArray list => Ordered(list.SelectMany(one => Flat(one, path))),
        _ => new JsonArray($"{path}={node}"),
    };

    private static JsonArray Ordered(IEnumerable<JsonNode?> texts) =>
        [.. texts.Select(static one => one!.ToString()).Order(StringComparer.Ordinal).Select(static one => (JsonNode)one)];

    private static JsonNode? Message(EmulatedCall call)
    {
        if (!string.IsNullOrEmpty(call.Body))
            return JsonNode.Parse(call.Body);
        var at = call.RawTarget.IndexOf('?', StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(at < 0 ? "" : call.RawTarget[at..]);
        if (query.TryGetValue(".r", out var packed))
            return JsonNode.Parse(Base64Url.DecodeFromChars(packed.ToString()));
        return new JsonArray([.. query.SelectMany(static pair => pair.Value.Select(value => $"{pair.Key}={value}"))
            .Order(StringComparer.Ordinal).Select(static text => (JsonNode)text)]);
    }

    private static string? Error(Failure theirs, Exception? ours) => ours switch
    {
        WixApiException api when api.ApplicationErrorCode != theirs.Code => $"the code {theirs.Code} and not {api.ApplicationErrorCode}",
        WixApiException api when api.FieldViolations.Count != theirs.Violations =>
            $"{theirs.Violations} violations and not {api.FieldViolations.Count}",
        WixApiException => null,
        null => $"the error {theirs.Code} and no answer",
        _ => $"the error {theirs.Code} and not {ours}",
    };

    private static string? Same(JsonNode? theirs, JsonNode? ours, Exception? error, bool isBuilder)
    {
        if (error is not null)
            return $"{theirs?.ToJsonString()} and not {error.Message}";
        if (isBuilder)
            ours = (ours as JsonObject)?.FirstOrDefault(static pair => pair.Value is JsonArray).Value ?? new JsonArray();
        return Differs(theirs, ours, "");
    }

    private static string? Differs(JsonNode? theirs, JsonNode? ours, string at)
    {
        switch (theirs, ours)
        {
            case (JsonObject their, JsonObject our):
                foreach (var (name, alias) in InAddresses.Where(pair => !our.ContainsKey(pair.Key) && their.ContainsKey(pair.Key)))
                {
                    if (our.ContainsKey(alias) && their.Remove(name, out var renamed))
                        their[alias] = renamed;
                }

                return their.Select(static pair => pair.Key).Union(our.Select(static pair => pair.Key))
                    .Select(name => Differs(their[name], our[name], $"{at}.{name}")).FirstOrDefault(static one => one is not null);
            case (JsonArray their, JsonArray our) when their.Count == our.Count:
                return their.Zip(our).Select((pair, i) => Differs(pair.First, pair.Second, $"{at}[{i}]"))
                    .FirstOrDefault(static one => one is not null);
            case (null, JsonArray { Count: 0 } or JsonObject { Count: 0 }) or (JsonArray { Count: 0 } or JsonObject { Count: 0 }, null):
                return null;
            case (JsonValue address, JsonValue other) when address.ToString().Contains("/_upload/", StringComparison.Ordinal):
                return other.ToString().Contains("/_upload/", StringComparison.Ordinal) ? null : $"{at} is no address to upload to";
            // Each emulator names its own files.
            case (JsonValue media, JsonValue other) when IsMedia(media) && IsMedia(other):
                return null;
            // JavaScript has a text where the wire has an image, a video or the address of a page.
            case (JsonValue text, JsonObject) when text.GetValueKind() is JsonValueKind.String:
                return null;
            default:
                // Each emulator makes its own ids.
                return JsonNode.DeepEquals(theirs, ours) || theirs?.ToString() == ours?.ToString()
                    || (Guid.TryParse(theirs?.ToString(), out _) && Guid.TryParse(ours?.ToString(), out _))
                    ? null : $"{at} is {theirs?.ToJsonString() ?? "nothing"} and not {ours?.ToJsonString() ?? "nothing"}";
        }
    }

    private static bool IsMedia(JsonValue value) =>
        value.ToString().StartsWith("https://static.wixstatic.com/media/", StringComparison.Ordinal);

    private sealed class StandingTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);
    }

    private sealed record Done(
        string Id, string Vertical, string Service, string Method, JsonNode?[] Args, bool IsBuilder, JsonNode? Value, Failure? Error,
        string? Thrown);

    private sealed record Failure(string? Code, int Violations);
}
