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
            query["sort"] = Sorted(Sort);
        }

        query["fields"] = Strings(Fields);
        var paging = Page(Limit, Cursor is null ? Skip : 0);
        if (Cursor is not null)
            paging["cursor"] = Cursor; // it holds filter and order
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

    public static JsonArray Sorted((string Field, string Order)[] sort) =>
        new([.. sort.Select(static one => new JsonObject { ["fieldName"] = one.Field, ["order"] = one.Order })]);

    public static JsonObject Page(int? limit, int skip)
    {
        var paging = new JsonObject();
        if (limit is not null)
            paging["limit"] = limit;
        if (skip > 0)
            paging["offset"] = skip;
        return paging;
    }

    private JsonObject Consistent(JsonObject request)
    {
        if (IsConsistent)
            request["consistentRead"] = true;
        return request;
    }

    private static JsonArray Strings(string[] names) => new([.. names.Select(static name => JsonValue.Create(name))]);
}
