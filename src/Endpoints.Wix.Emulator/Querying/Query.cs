using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Querying;

/// <summary>
/// Represents a query: filter, order and page. A cursor contains the whole query, so that no state is kept between pages.
/// </summary>
internal sealed class Query
{
    private readonly JsonNode? _filter;
    private readonly JsonArray? _sort;
    private readonly int _offset;
    private readonly int _limit;

    private Query(JsonNode? filter, JsonArray? sort, int offset, int limit)
    {
        _filter = filter;
        _sort = sort;
        _offset = offset;
        _limit = limit;
    }

    /// <summary>Reads Wix's query object, with <c>paging</c> or <c>cursorPaging</c>, <c>sort</c> or <c>sorting</c>.</summary>
    /// <exception cref="ApiException">The query is malformed.</exception>
    public static Query Read(JsonNode? node, int defaultLimit, int maxLimit)
    {
        if (node is null)
            return new(null, null, 0, defaultLimit);
        if (node is not JsonObject query)
            throw ApiException.Violation("query", "must be an object", "FORMAT");
        var paging = query["cursorPaging"] as JsonObject ?? query["paging"] as JsonObject;
        var limit = Number(paging?["limit"], "limit", defaultLimit);
        if (limit < 1 || limit > maxLimit)
            throw ApiException.Violation("query.paging.limit", $"must be from 1 to {maxLimit}", "RANGE");
        if (paging?["cursor"].AsText() is { } cursor)
            return FromCursor(cursor, limit);
        var offset = Number(paging?["offset"], "offset", 0);
        if (offset < 0)
            throw ApiException.Violation("query.paging.offset", "must not be negative", "RANGE");
        return new(query["filter"], (query["sort"] ?? query["sorting"]) as JsonArray, offset, limit);
    }

    /// <summary>Runs the query. The results are the entities themselves, to be copied inside the site's lock.</summary>
    public QueryResult Run(IEnumerable<JsonObject> entities)
    {
        var matching = entities.Where(entity => Filter.Matches(entity, _filter)).ToList();
        foreach (var sort in _sort?.Reverse() ?? [])
        {
            var field = sort.At("fieldName").AsText() ?? throw ApiException.Violation("query.sort.fieldName", "must not be empty");
            var descending = string.Equals(sort.At("order").AsText(), "DESC", StringComparison.OrdinalIgnoreCase);
            matching = [.. descending
                ? matching.OrderByDescending(entity => entity.Find(field), Comparer<JsonNode?>.Create(Comparison.Order))
                : matching.OrderBy(entity => entity.Find(field), Comparer<JsonNode?>.Create(Comparison.Order))];
        }

        var page = matching.Skip(_offset).Take(_limit).ToList();
        return new(
            page,
            _offset,
            matching.Count,
            _offset + page.Count < matching.Count ? Cursor(_offset + _limit) : null,
            _offset > 0 ? Cursor(Math.Max(0, _offset - _limit)) : null);
    }

    private static int Number(JsonNode? node, string name, int otherwise)
    {
        if (node is null)
            return otherwise;
        return int.TryParse(node.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiException.Violation($"query.paging.{name}", "must be a number", "FORMAT");
    }

    private static Query FromCursor(string cursor, int limit)
    {
        try
        {
            if (JsonNode.Parse(Base64Url.DecodeFromChars(cursor),
                documentOptions: new() { AllowDuplicateProperties = false }) is JsonObject { } held)
                return new(held["filter"], held["sort"] as JsonArray, (int)Math.Clamp(held["offset"].AsNumber() ?? 0, 0, int.MaxValue),
                    limit);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            // Answered below, like every other text that is no cursor.
        }

        throw ApiException.Violation("query.cursorPaging.cursor", "is not a cursor", "FORMAT");
    }

    private string Cursor(int offset)
    {
        var held = new JsonObject { ["offset"] = offset, ["filter"] = _filter?.DeepClone(), ["sort"] = _sort?.DeepClone() };
        return Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(held));
    }
}
