using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Endpoints.Shared.Tools;
using Endpoints.Validation;
using Endpoints.Wix.CompilerServices;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Webhooks.Plugins;

/// <summary>Reads the requests of tools, writes their responses, and holds both to what Wix is told of them.</summary>
/// <remarks>
/// The application's own JSON options apply, and remain unchanged. Beyond them, a request has all that its type requires, and nothing that
/// its type doesn't have.
/// </remarks>
internal sealed class ToolContracts
{
    private const int MaxDepth = 32;
    private const string InvalidPayload = "INVALID_PAYLOAD";
    private const string Unreadable = "The value is not of the kind that is required.";

    private readonly IServiceProvider _services;
    private readonly Lazy<JsonSerializerOptions> _requests;
    private readonly Lazy<JsonSerializerOptions> _responses;
    private readonly ConcurrentDictionary<Type, JsonValueValidator> _validators = []; // as many as there are tools

    public ToolContracts(IServiceProvider services, IOptions<JsonOptions> json)
    {
        _services = services;
        _requests = new(() => ReadOnly(new(json.Value.SerializerOptions)
        {
            AllowDuplicateProperties = false,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            NumberHandling = JsonNumberHandling.Strict,
            MaxDepth = MaxDepth,
        }));
        _responses = new(() => ReadOnly(new(json.Value.SerializerOptions) { NumberHandling = JsonNumberHandling.Strict }));
    }

    /// <summary>Returns the error for a tool that the application doesn't have.</summary>
    public static WixPluginException Unknown() => new(404, "UNKNOWN_TOOL");

    /// <summary>Checks that Wix can be told of the tools, and that each is the only one of its name.</summary>
    /// <exception cref="InvalidOperationException">It can't.</exception>
    public void Demand(IReadOnlyList<WixPluginRegistration> plugins)
    {
        var tools = plugins.Where(static one => one.IsTool).ToList();
        foreach (var tool in tools)
        {
            if (ToolText.Flaw(tool.Tool?.MethodName, tool.Tool?.Description) is var (reason, remedy))
            {
                throw new InvalidOperationException(
                    $"The tool {tool.Plugin} can't be declared to Wix: {reason}. Set [WixTool(\"name\", \"description\")]: {remedy}.");
            }
        }

        foreach (var same in tools.GroupBy(static one => one.Tool!.MethodName, StringComparer.Ordinal).Where(static one => one.Count() > 1))
        {
            throw new InvalidOperationException(
                $"Two tools have the name '{same.Key}': {same.First().Plugin} and {same.Last().Plugin}. Rename one of them.");
        }

        if (tools.Count > ToolText.MaxTools)
            throw new InvalidOperationException($"There are {tools.Count} tools, and an app can have {ToolText.MaxTools}.");
        if (tools.Count > 0 && plugins.FirstOrDefault(IsWhole) is { } other)
        {
            throw new InvalidOperationException(
                $"{other.Plugin} answers the calls of {tools[0].Plugin} as well, and Wix calls one address. Remove one of them.");
        }

        foreach (var type in tools.SelectMany(static tool => Types(tool)))
            DemandObject(type);
    }

    /// <summary>Returns what is pasted into the extension <i>App Tools</i> of the app.</summary>
    public JsonObject Declare(IEnumerable<WixPluginRegistration> plugins) => new()
    {
        ["tools"] = new JsonArray([.. plugins.Where(static one => one.IsTool).OrderBy(static one => one.Route, StringComparer.Ordinal)
            .Select(Declare)]),
    };

    /// <summary>Runs a tool with the request of Wix's call, if it is one.</summary>
    /// <exception cref="WixPluginException">The request is none, or the tool declares that it can't.</exception>
    public async Task<JsonObject> RunAsync(IWixTool tool, WixPluginCall call, IServiceProvider services, CancellationToken ct)
    {
        var request = Read(tool.RequestType, call.Request["payload"]);
        var validator = _validators.GetOrAdd(tool.RequestType,
            static (type, own) => new(type, own._requests.Value, own._services), this);
        if (await validator.ValidateAsync(request, services, ct).ConfigureAwait(false) is { } errors)
            throw Invalid(errors);
        var response = await tool.RunAsync(request, call, ct).ConfigureAwait(false);
        return new()
        {
            ["response"] = JsonSerializer.SerializeToNode(response, _responses.Value.GetTypeInfo(tool.ResponseType)) as JsonObject
                ?? throw new InvalidOperationException($"The tool {tool.GetType()} answered with what is no object."),
        };
    }

    private object Read(Type type, JsonNode? payload)
    {
        var contract = _requests.Value.GetTypeInfo(type);
        try
        {
            return (payload ?? new JsonObject()).Deserialize(contract) ?? throw Invalid("", Unreadable);
        }
        catch (JsonException e)
        {
            // The message names types; the path is the sender's own.
            var path = (e.Path ?? "$")[1..].TrimStart('.');
            var found = path.Length == 0 && payload is null or JsonObject ? Differences(contract, payload as JsonObject ?? []) : [];
            throw found.Count > 0 ? Invalid(found) : Invalid(path, Unreadable);
        }
    }

    private static Dictionary<string, string[]> Differences(JsonTypeInfo contract, JsonObject payload)
    {
        var names = StringComparer.FromComparison(contract.Options.PropertyNameCaseInsensitive
            ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        var sent = payload.Select(static one => one.Key).ToHashSet(names);
        var known = contract.Properties.Select(static one => one.Name).ToHashSet(names);
        var found = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var missing in contract.Properties.Where(ToolSchema.IsRequired).Where(one => !sent.Contains(one.Name)))
            found[missing.Name] = ["The value is missing."];
        foreach (var unknown in sent.Where(name => !known.Contains(name)))
            found[unknown] = ["There is no such value."];
        return found;
    }

    private JsonObject Declare(WixPluginRegistration tool)
    {
        var (request, response) = Types(tool) is [var one, var other] ? (one, other) : throw new InvalidOperationException();
        var json = new JsonObject { ["methodName"] = tool.Tool!.MethodName };
        if (tool.Tool.DisplayName is { } name)
            json["displayName"] = name;
        json["description"] = tool.Tool.Description;
        json["activated"] = true;
        json["requestSchema"] = ToolSchema.Of(request, _requests.Value);
        json["responseSchema"] = ToolSchema.Of(response, _responses.Value);
        return json;
    }

    private void DemandObject(Type type)
    {
        var isObject = _requests.Value.TryGetTypeInfo(type, out var contract)
            && contract.Kind is JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary;
        if (!isObject)
        {
            throw new InvalidOperationException(
                $"The request and the response of a tool are JSON objects, and {type} is none. Make it a record with a property, and with "
                + "Native AOT one of a JsonSerializerContext.");
        }
    }

    // One that answers for all tools itself.
    private static bool IsWhole(WixPluginRegistration plugin) =>
        !plugin.IsTool && plugin.Table.ExtensionType == IWixTool.ExtensionType;

    private static Type[] Types(WixPluginRegistration tool)
    {
        for (var at = tool.Plugin; at is not null; at = at.BaseType)
        {
            if (at.IsGenericType && at.GetGenericTypeDefinition() == typeof(WixTool<,>))
                return at.GenericTypeArguments;
        }

        return [];
    }

    private static WixPluginException Invalid(string name, string error) => Invalid(new Dictionary<string, string[]> { [name] = [error] });

    private static WixPluginException Invalid(IReadOnlyDictionary<string, string[]> errors) => new(400, InvalidPayload, new()
    {
        ["errors"] = new JsonObject(errors.Select(static one => KeyValuePair.Create<string, JsonNode?>(one.Key,
            new JsonArray([.. one.Value.Select(static error => JsonValue.Create(error))])))),
    });

    private static JsonSerializerOptions ReadOnly(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
