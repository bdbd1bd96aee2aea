using System.Text.Json.Nodes;

namespace Endpoints.Wix.Emulator.Answers;

/// <summary>Builds the response to a bulk call: the result of each item, and the number of successes.</summary>
internal static class BulkResults
{
    public static JsonObject Run(JsonArray items, Func<JsonNode?, (string Id, JsonObject Result)> edit)
    {
        var results = new JsonArray();
        var failures = 0;
        for (var i = 0; i < items.Count; i++)
        {
            var metadata = new JsonObject { ["originalIndex"] = i };
            JsonObject result;
            try
            {
                (var id, result) = edit(items[i]);
                metadata["id"] = id;
                metadata["success"] = true;
            }
            catch (ApiException e)
            {
                failures++;
                result = [];
                metadata["success"] = false;
                metadata["error"] = e.Answer.ErrorDetails();
            }

            result.Insert(0, "itemMetadata", metadata);
            results.Add(result);
        }

        return new()
        {
            ["results"] = results,
            ["bulkActionMetadata"] = new JsonObject
            {
                ["totalSuccesses"] = items.Count - failures,
                ["totalFailures"] = failures,
                ["undetailedFailures"] = 0,
            },
        };
    }
}
