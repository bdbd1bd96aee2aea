using System.Text.Json.Nodes;
using Endpoints.Wix.Data;

namespace Endpoints.Wix;

/// <summary>
/// Represents a calculation over a collection's items, as a whole or by groups. Each method returns a new one; the old one stays as it is.
/// </summary>
/// <remarks>
/// Mirrors <c>items.aggregate()</c> of <c>@wix/data</c>. A result has the values of the group's fields and the calculated ones. Wix
/// calculates over collections that the site itself has created.
/// </remarks>
public sealed class DataAggregate
{
    private readonly DataItems _items;
    private readonly Text _text;

    internal DataAggregate(DataItems items, string collection)
        : this(items, new Text(collection))
    {
    }

    private DataAggregate(DataItems items, Text text) => (_items, _text) = (items, text);

    /// <summary>Takes only items into the calculation on which a filter holds.</summary>
    /// <param name="filter">The filter. It replaces an earlier one.</param>
    public DataAggregate Filter(DataFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return With(_text with { Filter = filter });
    }

    /// <summary>Calculates for each group of items whose fields have the same values.</summary>
    /// <param name="fields">The fields' names. They replace earlier ones.</param>
    /// <exception cref="ArgumentException">One of <paramref name="fields"/> isn't a field's name.</exception>
    public DataAggregate Group(params ReadOnlySpan<string> fields) =>
        With(_text with { Groups = FieldName.DemandAll(fields, nameof(fields)) });

    /// <summary>Returns only results on which a filter holds.</summary>
    /// <param name="filter">The filter, by names of results. It replaces an earlier one.</param>
    public DataAggregate Having(DataFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return With(_text with { Having = filter });
    }

    /// <summary>Adds a field's sum.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="resultName">The result's name. The default is the field's with <c>Sum</c> behind it.</param>
    /// <exception cref="ArgumentException">A name isn't a field's name.</exception>
    public DataAggregate Sum(string field, string? resultName = null) => Calculate("sum", "Sum", field, resultName);

    /// <summary>Adds a field's average.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="resultName">The result's name. The default is the field's with <c>Avg</c> behind it.</param>
    /// <exception cref="ArgumentException">A name isn't a field's name.</exception>
    public DataAggregate Avg(string field, string? resultName = null) => Calculate("average", "Avg", field, resultName);

    /// <summary>Adds a field's smallest value.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="resultName">The result's name. The default is the field's with <c>Min</c> behind it.</param>
    /// <exception cref="ArgumentException">A name isn't a field's name.</exception>
    public DataAggregate Min(string field, string? resultName = null) => Calculate("min", "Min", field, resultName);

    /// <summary>Adds a field's greatest value.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="resultName">The result's name. The default is the field's with <c>Max</c> behind it.</param>
    /// <exception cref="ArgumentException">A name isn't a field's name.</exception>
    public DataAggregate Max(string field, string? resultName = null) => Calculate("max", "Max", field, resultName);

    /// <summary>Adds the number of items.</summary>
    /// <param name="resultName">The result's name. The default is <c>count</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="resultName"/> isn't a field's name.</exception>
    public DataAggregate Count(string resultName = "count") => Calculate("itemCount", null, resultName);

    /// <summary>Sorts the results, smallest first.</summary>
    /// <param name="names">The names of results. They come after earlier ones.</param>
    /// <exception cref="ArgumentException">One of <paramref name="names"/> isn't a field's name.</exception>
    public DataAggregate Ascending(params ReadOnlySpan<string> names) => Sorted("ASC", names);

    /// <summary>Sorts the results, greatest first.</summary>
    /// <param name="names">The names of results. They come after earlier ones.</param>
    /// <exception cref="ArgumentException">One of <paramref name="names"/> isn't a field's name.</exception>
    public DataAggregate Descending(params ReadOnlySpan<string> names) => Sorted("DESC", names);

    /// <summary>Limits the number of results.</summary>
    /// <param name="limit">The number, from 1 to 1,000. Wix's default is 50.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    public DataAggregate Limit(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, DataQuery.MostOfAPage);
        return With(_text with { Limit = limit });
    }

    /// <summary>Leaves out the first results.</summary>
    /// <param name="skip">The number of results.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="skip"/> is negative.</exception>
    public DataAggregate Skip(int skip)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        return With(_text with { Skip = skip });
    }

    /// <summary>Calculates over what was written last.</summary>
    public DataAggregate ConsistentRead() => With(_text with { IsConsistent = true });

    /// <summary>Runs the calculation.</summary>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A result for each group, or one for all items.</returns>
    /// <exception cref="InvalidOperationException">There is nothing to calculate, and there are no groups.</exception>
    /// <exception cref="WixApiException">Wix refused the call.</exception>
    /// <exception cref="WixUnavailableException">Wix didn't answer.</exception>
    [CallsWix(DataItems.Calls.Aggregate)]
    public Task<IReadOnlyList<DataItem>> RunAsync(CancellationToken cancellationToken = default) =>
        _text.Groups.Length == 0 && _text.Calculations.Length == 0
            ? throw new InvalidOperationException("There is nothing to calculate. Call Sum, Avg, Min, Max, Count or Group first.")
            : _items.AggregateAsync(_text.ToJson(), cancellationToken);

    private DataAggregate Calculate(string operation, string suffix, string field, string? resultName)
    {
        var name = FieldName.Demand(field, nameof(field));
        return Calculate(operation, name, resultName ?? name.Replace('.', '_') + suffix);
    }

    private DataAggregate Calculate(string operation, string? field, string resultName)
    {
        FieldName.Demand(resultName, nameof(resultName));
        return With(_text with { Calculations = [.. _text.Calculations, (operation, field, resultName)] });
    }

    private DataAggregate Sorted(string order, ReadOnlySpan<string> names) => With(
        _text with { Sort = [.. _text.Sort, .. FieldName.DemandAll(names, nameof(names)).Select(name => (name, order))] });

    private DataAggregate With(Text text) => new(_items, text);

    /// <summary>Writes a calculation as Wix takes it.</summary>
    private sealed record Text(string Collection)
    {
        public DataFilter Filter { get; init; } = new();

        public DataFilter Having { get; init; } = new();

        public string[] Groups { get; init; } = [];

        public (string Operation, string? Field, string Result)[] Calculations { get; init; } = [];

        public (string Field, string Order)[] Sort { get; init; } = [];

        public int? Limit { get; init; }

        public int Skip { get; init; }

        public bool IsConsistent { get; init; }

        public JsonObject ToJson()
        {
            var request = new JsonObject { ["dataCollectionId"] = Collection };
            if (!Filter.IsNone)
                request["initialFilter"] = Filter.ToJson();
            request["aggregation"] = new JsonObject
            {
                ["groupingFields"] = new JsonArray([.. Groups.Select(static field => JsonValue.Create(field))]),
                ["operations"] = new JsonArray([.. Calculations.Select(Operation)]),
            };
            if (!Having.IsNone)
                request["finalFilter"] = Having.ToJson();
            if (Sort.Length > 0)
                request["sort"] = DataQueryText.Sorted(Sort);
            if (Limit is not null || Skip > 0)
                request["paging"] = DataQueryText.Page(Limit, Skip);
            if (IsConsistent)
                request["consistentRead"] = true;
            return request;
        }

        private static JsonNode Operation((string Operation, string? Field, string Result) one) => new JsonObject
        {
            ["resultFieldName"] = one.Result,
            [one.Operation] = one.Field is null ? new JsonObject() : new JsonObject { ["itemFieldName"] = one.Field },
        };
    }
}
