using System.Text.Json.Nodes;
using Endpoints.Wix.Data;

namespace Endpoints.Wix;

/// <summary>Represents changes to single fields of an item. All others stay as they are.</summary>
public sealed class DataPatch
{
    private readonly List<JsonObject> _changes = [];

    /// <summary>Sets a field.</summary>
    /// <param name="field">The field's name, or its path.</param>
    /// <param name="value">The value.</param>
    /// <returns>This patch.</returns>
    /// <exception cref="ArgumentException"><paramref name="field"/> isn't a field's name.</exception>
    public DataPatch Set(string field, DataValue value) => Add(field, "SET_FIELD", "setFieldOptions", value.Json);

    /// <summary>Sets a field to JSON.</summary>
    /// <param name="field">The field's name, or its path.</param>
    /// <param name="value">The value.</param>
    /// <returns>This patch.</returns>
    /// <exception cref="ArgumentException"><paramref name="field"/> isn't a field's name.</exception>
    public DataPatch SetJson(string field, JsonNode? value) => Add(field, "SET_FIELD", "setFieldOptions", value?.DeepClone());

    /// <summary>Removes a field.</summary>
    /// <param name="field">The field's name, or its path.</param>
    /// <returns>This patch.</returns>
    /// <exception cref="ArgumentException"><paramref name="field"/> isn't a field's name.</exception>
    public DataPatch Remove(string field) => Add(field, "REMOVE_FIELD", null, null);

    /// <summary>Adds to a number. Two of these at a time lose nothing.</summary>
    /// <param name="field">The field's name, or its path.</param>
    /// <param name="by">What to add; less than zero to subtract.</param>
    /// <returns>This patch.</returns>
    /// <exception cref="ArgumentException"><paramref name="field"/> isn't a field's name.</exception>
    public DataPatch Increment(string field, decimal by) => Add(field, "INCREMENT_FIELD", "incrementFieldOptions", JsonValue.Create(by));

    /// <summary>Adds an element to a list.</summary>
    /// <param name="field">The field's name, or its path.</param>
    /// <param name="value">The element.</param>
    /// <returns>This patch.</returns>
    /// <exception cref="ArgumentException"><paramref name="field"/> isn't a field's name.</exception>
    public DataPatch Append(string field, DataValue value) => Add(field, "APPEND_TO_ARRAY", "appendToArrayOptions", value.Json);

    /// <exception cref="ArgumentException">There are no changes.</exception>
    internal JsonObject Json(string itemId) => _changes.Count == 0
        ? throw new ArgumentException("The patch changes nothing.")
        : new() { ["dataItemId"] = itemId, ["fieldModifications"] = new JsonArray([.. _changes.Select(static one => one.DeepClone())]) };

    private DataPatch Add(string field, string action, string? options, JsonNode? value)
    {
        var change = new JsonObject { ["action"] = action, ["fieldPath"] = FieldName.Demand(field, nameof(field)) };
        if (options is not null)
            change[options] = new JsonObject { ["value"] = value };
        _changes.Add(change);
        return this;
    }
}
