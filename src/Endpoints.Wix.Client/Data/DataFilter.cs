using System.Text.Json.Nodes;
using Endpoints.Wix.Data;

namespace Endpoints.Wix;

/// <summary>
/// Represents the conditions of a query. Each method returns a new filter, on which all conditions of the old one hold as well.
/// </summary>
/// <remarks>
/// Fields are plain names and values are <see cref="DataValue"/>s, so that nothing that a request brings can become an operator, and a
/// second condition on a field doesn't replace the first.
/// </remarks>
public sealed class DataFilter
{
    private readonly JsonObject[] _conditions;

    private DataFilter(JsonObject[] conditions) => _conditions = conditions;

    /// <summary>Initializes a filter without conditions.</summary>
    public DataFilter()
        : this([])
    {
    }

    /// <summary>Gets a value that indicates whether there are no conditions.</summary>
    public bool IsNone => _conditions.Length == 0;

    /// <summary>The field has the value; a list, if one of its elements has.</summary>
    /// <param name="field">The field's name, or its path.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException"><paramref name="field"/> isn't a field's name, or there is no value.</exception>
    public DataFilter Eq(string field, DataValue value) => With(field, value.Demand(nameof(value)));

    /// <summary>The field doesn't have the value.</summary>
    /// <param name="field">The field's name, or its path.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException"><paramref name="field"/> isn't a field's name, or there is no value.</exception>
    public DataFilter Ne(string field, DataValue value) => With(field, "$ne", value.Demand(nameof(value)));

    /// <summary>The field is greater than the value.</summary>
    /// <param name="field">The field's name, or its path.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException"><paramref name="field"/> isn't a field's name, or there is no value.</exception>
    public DataFilter Gt(string field, DataValue value) => With(field, "$gt", value.Demand(nameof(value)));

    /// <summary>The field is greater than the value, or equal to it.</summary>
    /// <param name="field">The field's name, or its path.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException"><paramref name="field"/> isn't a field's name, or there is no value.</exception>
    public DataFilter Ge(string field, DataValue value) => With(field, "$gte", value.Demand(nameof(value)));

    /// <summary>The field is less than the value.</summary>
    /// <param name="field">The field's name, or its path.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException"><paramref name="field"/> isn't a field's name, or there is no value.</exception>
    public DataFilter Lt(string field, DataValue value) => With(field, "$lt", value.Demand(nameof(value)));

    /// <summary>The field is less than the value, or equal to it.</summary>
    /// <param name="field">The field's name, or its path.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException"><paramref name="field"/> isn't a field's name, or there is no value.</exception>
    public DataFilter Le(string field, DataValue value) => With(field, "$lte", value.Demand(nameof(value)));

    /// <summary>The field is in a range: the first value is, the last isn't, as in JavaScript.</summary>
    /// <param name="field">The field's name, or its path.</param>
    /// <param name="from">The first value in the range.</param>
    /// <param name="to">The first value after the range.</param>
    /// <exception cref="ArgumentException"><paramref name="field"/> isn't a field's name, or there is no value.</exception>
    public DataFilter Between(string field, DataValue from, DataValue to) => Ge(field, from).Lt(field, to);

    /// <summary>The field has one of the values.</summary>
    /// <param name="field">The field's name, or its path.</param>
    /// <param name="values">The values.</param>
    /// <exception cref="ArgumentException"><paramref name="field"/> isn't a field's name, or there are no values.</exception>
    public DataFilter In(string field, params ReadOnlySpan<DataValue> values) => With(field, "$in", List(values));

    /// <summary>The field, a list, has at least one of the values.</summary>
    /// <param name="field">The field's name, or its path.</param>
    /// <param name="values">The values.</param>
    /// <exception cref="ArgumentException"><paramref name="field"/> isn't a field's name, or there are no values.</exception>
    public DataFilter HasSome(string field, params ReadOnlySpan<DataValue> values) => With(field, "$hasSome", List(values));

    /// <summary>The field, a list, has all of the values.</summary>
    /// <param name="field">The field's name, or its path.</param>
    /// <param name="values">The values.</param>
    /// <exception cref="ArgumentException"><paramref name="field"/> isn't a field's name, or there are no values.</exception>
    public DataFilter HasAll(string field, params ReadOnlySpan<DataValue> values) => With(field, "$hasAll", List(values));

    /// <summary>The field, a text, has the text in it.</summary>
    /// <param name="field">The field's name, or its path.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException"><paramref name="field"/> isn't a field's name, or <paramref name="text"/> is empty, which every
    /// text has in it.</exception>
    public DataFilter Contains(string field, string text) => With(field, "$contains", Part(text));

    /// <summary>The field, a text, begins with the text.</summary>
    /// <param name="field">The field's name, or its path.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException"><paramref name="field"/> isn't a field's name, or <paramref name="text"/> is empty, with which
    /// every text begins.</exception>
    public DataFilter StartsWith(string field, string text) => With(field, "$startsWith", Part(text));

    /// <summary>The field, a text, ends with the text.</summary>
    /// <param name="field">The field's name, or its path.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException"><paramref name="field"/> isn't a field's name, or <paramref name="text"/> is empty, with which
    /// every text ends.</exception>
    public DataFilter EndsWith(string field, string text) => With(field, "$endsWith", Part(text));

    /// <summary>The field is not there, or null.</summary>
    /// <param name="field">The field's name, or its path.</param>
    /// <exception cref="ArgumentException"><paramref name="field"/> isn't a field's name.</exception>
    public DataFilter IsEmpty(string field) => With(field, null);

    /// <summary>The field is there, and not null.</summary>
    /// <param name="field">The field's name, or its path.</param>
    /// <exception cref="ArgumentException"><paramref name="field"/> isn't a field's name.</exception>
    public DataFilter IsNotEmpty(string field) => With(field, "$ne", null);

    /// <summary>The conditions of the other filter hold as well.</summary>
    /// <param name="other">The other filter.</param>
    public DataFilter And(DataFilter other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new([.. _conditions, .. other._conditions]);
    }

    /// <summary>The conditions so far hold, or those of the other filter.</summary>
    /// <param name="other">The other filter.</param>
    /// <exception cref="ArgumentException">One of the two has no conditions: all items would be found.</exception>
    public DataFilter Or(DataFilter other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (IsNone || other.IsNone)
            throw new ArgumentException("A filter without conditions finds all items, and so would this one.", nameof(other));
        return new([new() { ["$or"] = new JsonArray(ToJson(), other.ToJson()) }]);
    }

    /// <summary>The conditions so far hold, and those of the other filter don't.</summary>
    /// <param name="other">The other filter.</param>
    /// <exception cref="ArgumentException"><paramref name="other"/> has no conditions.</exception>
    public DataFilter Not(DataFilter other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.IsNone)
            throw new ArgumentException("There are no conditions that could not hold.", nameof(other));
        return new([.. _conditions, new() { ["$not"] = new JsonArray(other.ToJson()) }]);
    }

    /// <summary>Returns the filter as Wix takes it, for a query of another module.</summary>
    public JsonObject ToJson() => _conditions switch
    {
        [] => [],
        [var one] => (JsonObject)one.DeepClone(),
        _ => new() { ["$and"] = new JsonArray([.. _conditions.Select(static one => one.DeepClone())]) },
    };

    private DataFilter With(string field, string operation, JsonNode? value) => With(field, new JsonObject { [operation] = value });

    private DataFilter With(string field, JsonNode? condition) =>
        new([.. _conditions, new() { [FieldName.Demand(field, nameof(field))] = condition }]);

    private static JsonArray List(ReadOnlySpan<DataValue> values)
    {
        if (values.IsEmpty)
            throw new ArgumentException("The condition has no values.", nameof(values));
        var list = new JsonArray();
        foreach (var value in values)
            list.Add(value.Demand(nameof(values)));
        return list;
    }

    private static JsonValue Part(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return JsonValue.Create(text);
    }
}
