using System.Text.Json.Nodes;

namespace Endpoints.Wix.Data;

/// <summary>Writes a query as Wix takes it.</summary>
internal sealed record DataQueryText(string Collection)
{
    public DataFilter Filter { get; init; } = new();

    public (string Field, string Order)[] Sort { get; init; } = [];

    public int? Limit { get; init; }

    public int Skip { get; init; }

    public string? Cursor { get; init; }

    /// <summary>Gets a value that indicates whether pages are linked by cursors, from the first one on.</summary>
    public bool ByCursor { get; init; }

    public string[] Fields { get; init; } = [];

    public string[] Includes { get; init; } = [];

    public bool IsConsistent { get; init; }

    public bool WithTotal { get; init; }

    public JsonObject Query()
    {
        var query = new JsonObject();
        if (Cursor is null)
        {
            query["filter"] = Filter.ToJson();
            query["sort"] =
                new JsonArray([.. Sort.Select(static one => new JsonObject { ["fieldName"] = one.Field, ["order"] = one.Order })]);
        }

        query["fields"] = Strings(Fields);
        var paging = new JsonObject();
        if (Limit is { } limit)
            paging["limit"] = limit;
        if (Cursor is not null)
            paging["cursor"] = Cursor; // it holds filter and order
        else if (Skip > 0)
            paging["offset"] = Skip;
        if (paging.Count > 0)
            query[Cursor is not null || ByCursor ? "cursorPaging" : "paging"] = paging;
        var request = new JsonObject { ["dataCollectionId"] = Collection, ["query"] = query };
        if (Includes.Length > 0)
            request["includeReferences"] = new JsonArray([.. Includes.Select(static field => new JsonObject { ["field"] = field })]);
        if (WithTotal)
            request["returnTotalCount"] = true;
        return Consistent(request);
    }

    public JsonObject Count() => Consistent(new() { ["dataCollectionId"] = Collection, ["filter"] = Filter.ToJson() });

    public JsonObject Distinct(string field) =>
        Consistent(new() { ["dataCollectionId"] = Collection, ["fieldName"] = field, ["filter"] = Filter.ToJson() });

    private JsonObject Consistent(JsonObject request)
    {
        if (IsConsistent)
            request["consistentRead"] = true;
        return request;
    }

    private static JsonArray Strings(string[] names) => new([.. names.Select(static name => JsonValue.Create(name))]);
}
