using System.Globalization;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Catalog;
using Endpoints.Wix.Emulator.Hosting;

namespace Endpoints.Wix.Emulator.Generic;

/// <summary>Reads the message of a request: from its body or its query, and from its path.</summary>
internal static class RequestReader
{
    public static JsonObject Read(ApiRequest request, OperationFact fact, IEnumerable<(string Path, string Value)> parameters)
    {
        var message = (JsonObject)request.Json.DeepClone();
        if (message.Count == 0)
        {
            foreach (var (path, values) in request.Http.Request.Query.Where(static pair => !pair.Key.StartsWith('.')))
            {
                var field = fact.Messages.Field(fact.Request, path);
                var nodes = values.Select(value => Value(field?.Type, value ?? "")).ToArray();
                Set(message, path, field?.IsList == true ? new JsonArray(nodes) : nodes[0]);
            }
        }

        foreach (var (path, value) in parameters)
        {
            var field = fact.Messages.Field(fact.Request, path);
            Set(message, path, field?.IsList == true
                ? new JsonArray([.. value.Split(',').Select(one => Value(field.Type, one))]) : Value(field?.Type, value));
        }

        return message;
    }

    private static JsonNode Value(string? type, string text) => type switch
    {
        "int" when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        "double" when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) =>
            number,
        "bool" when bool.TryParse(text, out var flag) => flag,
        _ => text,
    };

    private static void Set(JsonObject message, string path, JsonNode value)
    {
        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            if (message[name] is not JsonObject inner)
                message[name] = inner = [];
            message = inner;
        }

        message[names[^1]] = value;
    }
}
