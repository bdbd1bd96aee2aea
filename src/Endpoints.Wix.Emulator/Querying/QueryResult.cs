using System.Text.Json.Nodes;

namespace Endpoints.Wix.Emulator.Querying;

/// <summary>Represents one page of a query's results.</summary>
internal sealed record QueryResult(IReadOnlyList<JsonObject> Items, int Offset, int Total, string? Next, string? Previous)
{
    public JsonArray Copies(Func<JsonObject, JsonNode>? shape = null) =>
        [.. Items.Select(item => shape is null ? item.DeepClone() : shape(item))];

    /// <summary>Returns the metadata of cursor paging.</summary>
    public JsonObject ByCursor() => new()
    {
        ["count"] = Items.Count,
        ["cursors"] = Cursors(),
        ["hasNext"] = Next is not null,
    };

    /// <summary>Returns the metadata of offset paging.</summary>
    public JsonObject ByOffset(bool withTotal = true)
    {
        var metadata = new JsonObject { ["count"] = Items.Count, ["offset"] = Offset, ["tooManyToCount"] = false };
        if (withTotal)
            metadata["total"] = Total;
        return metadata;
    }

    public JsonObject Cursors()
    {
        var cursors = new JsonObject();
        if (Next is not null)
            cursors["next"] = Next;
        if (Previous is not null)
            cursors["prev"] = Previous;
        return cursors;
    }
}
