using System.Globalization;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Querying;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.DataItems;

/// <summary>Changes individual fields of an item.</summary>
internal static class ItemPatch
{
    public static JsonObject Apply(ApiRequest request, Collection collection, JsonObject? patch, TimeProvider time)
    {
        if (patch is null)
            throw ApiException.Violation("patch", "must be an object");
        var before = collection.Get(patch["dataItemId"].AsText());
        collection.Demand(request, collection.Permissions.Update, before);
        var data = (JsonObject)before.DeepClone();
        foreach (var modification in patch["fieldModifications"] as JsonArray ?? [])
            Change(data,
                modification as JsonObject ?? throw ApiException.Violation("patch.fieldModifications", "must hold objects", "FORMAT"));
        return collection.Store(before["_id"]!.ToString(), data, before, owner: null, time); // every stored item has an id
    }

    private static void Change(JsonObject data, JsonObject modification)
    {
        var path = modification["fieldPath"].AsText()
            ?? throw ApiException.Violation("patch.fieldModifications.fieldPath", "must not be empty");
        var names = path.Split('.');
        var parent = data;
        foreach (var name in names[..^1])
        {
            if (parent[name] is not JsonObject)
                parent[name] = new JsonObject();
            parent = (JsonObject)parent[name]!;
        }

        var field = names[^1];
        switch (modification["action"].AsText())
        {
            case "SET_FIELD":
                parent[field] = modification["setFieldOptions"].At("value")?.DeepClone();
                break;
            case "REMOVE_FIELD":
                parent.Remove(field);
                break;
            case "INCREMENT_FIELD":
                var sum = (parent[field].AsNumber() ?? 0) + (modification["incrementFieldOptions"].At("value").AsNumber() ?? 1);
                // a JSON number, which reads as any type of number
                parent[field] = JsonNode.Parse(sum.ToString(CultureInfo.InvariantCulture));
                break;
            case "APPEND_TO_ARRAY":
                List(parent, field).Add(modification["appendToArrayOptions"].At("value")?.DeepClone());
                break;
            case "REMOVE_FROM_ARRAY":
                var value = modification["removeFromArrayOptions"].At("value");
                parent[field] =
                    new JsonArray(
                        [.. List(parent, field).Where(one => !Comparison.Same(one, value)).Select(static one => one?.DeepClone())]);
                break;
            default:
                throw ApiException.Violation("patch.fieldModifications.action", "is not an action", "ENUM");
        }
    }

    private static JsonArray List(JsonObject parent, string field)
    {
        if (parent[field] is JsonArray list)
            return list;
        var made = new JsonArray();
        parent[field] = made;
        return made;
    }
}
