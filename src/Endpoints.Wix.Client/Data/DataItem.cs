using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Endpoints.Wix.Data;

namespace Endpoints.Wix;

/// <summary>Represents an item of a collection: a view over its JSON. What a query didn't ask for is absent.</summary>
[JsonConverter(typeof(DataItemJsonConverter))]
public sealed class DataItem
{
    /// <summary>Initializes an empty item.</summary>
    public DataItem()
        : this([])
    {
    }

    /// <summary>Initializes an item over JSON. Don't use what a request brings as it stands: an update replaces all fields.</summary>
    /// <param name="json">The item's fields, which the item reads and writes.</param>
    public DataItem(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        Json = json;
    }

    /// <summary>Gets the fields as Wix writes them.</summary>
    public JsonObject Json { get; }

    /// <summary>Gets or sets the id. Wix makes one for an item that is inserted without.</summary>
    public string? Id
    {
        get => Text("_id");
        set => Json["_id"] = value;
    }

    /// <summary>Gets the id of the owner; <see langword="null"/> when it isn't there.</summary>
    public string? Owner => Text("_owner");

    /// <summary>Gets when the item was added; <see langword="null"/> when it isn't there.</summary>
    public DateTimeOffset? CreatedDate => Date("_createdDate");

    /// <summary>Gets when the item was changed last; <see langword="null"/> when it isn't there.</summary>
    public DateTimeOffset? UpdatedDate => Date("_updatedDate");

    /// <summary>Gets a text.</summary>
    /// <param name="field">The field's name.</param>
    /// <returns>The text; <see langword="null"/> when the field is absent or something else.</returns>
    public string? Text(string field) =>
        Json[field] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>Gets a number.</summary>
    /// <param name="field">The field's name.</param>
    /// <returns>The number; <see langword="null"/> when the field is absent or something else.</returns>
    public decimal? Number(string field) =>
        Json[field] is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Gets yes or no.</summary>
    /// <param name="field">The field's name.</param>
    /// <returns>The value; <see langword="null"/> when the field is absent or something else.</returns>
    public bool? Flag(string field) =>
        Json[field]?.GetValueKind() switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

    /// <summary>Gets a point in time.</summary>
    /// <param name="field">The field's name.</param>
    /// <returns>The point in time; <see langword="null"/> when the field is absent or something else.</returns>
    public DateTimeOffset? Date(string field) => DataDate.Read(Json[field]);

    /// <summary>Sets a field.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="value">The value.</param>
    /// <returns>This item.</returns>
    /// <exception cref="ArgumentException"><paramref name="field"/> isn't a field's name.</exception>
    public DataItem Set(string field, DataValue value)
    {
        Json[FieldName.Demand(field, nameof(field))] = value.Json;
        return this;
    }

    /// <summary>Reads the item as a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="typeInfo">The type's metadata, such as a property of a <c>JsonSerializerContext</c>.</param>
    /// <exception cref="JsonException">The item isn't one.</exception>
    public T As<T>(JsonTypeInfo<T> typeInfo) => Json.Deserialize(typeInfo) ?? throw new JsonException("The item is not of this type.");

    /// <summary>Makes an item of a value.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="typeInfo">The type's metadata, such as a property of a <c>JsonSerializerContext</c>.</param>
    /// <exception cref="ArgumentException">The value isn't written as an object.</exception>
    public static DataItem Of<T>(T value, JsonTypeInfo<T> typeInfo) =>
        new(JsonSerializer.SerializeToNode(value, typeInfo) as JsonObject
            ?? throw new ArgumentException("An item is an object.", nameof(value)));

    /// <summary>Returns the item's id.</summary>
    public override string ToString() => $"{nameof(DataItem)} {Id}";
}
