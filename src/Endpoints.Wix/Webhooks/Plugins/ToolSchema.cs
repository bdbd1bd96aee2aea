using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Endpoints.Wix.Webhooks.Plugins;

/// <summary>
/// Makes the JSON Schemas of a tool's types: what is required, what attributes demand, and what <c>[Description]</c> says.
/// </summary>
internal static class ToolSchema
{
    private static readonly JsonSchemaExporterOptions Exporting = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = static (context, schema) => schema is JsonObject known ? Complete(context, known) : schema,
    };

    public static JsonNode Of(Type type, JsonSerializerOptions options) =>
        JsonSchemaExporter.GetJsonSchemaAsNode(options, type, Exporting);

    /// <summary>Determines whether a value without the property is refused.</summary>
    public static bool IsRequired(JsonPropertyInfo property) =>
        property.IsRequired || Of<RequiredAttribute>(property) is not null
        || (property.Options.RespectRequiredConstructorParameters
            && property.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false });

    private static JsonObject Complete(JsonSchemaExporterContext context, JsonObject schema)
    {
        if (schema.ContainsKey("properties"))
            Require(context.TypeInfo, schema);
        if (context.PropertyInfo is not { } property)
            return schema;
        if (Of<StringLengthAttribute>(property) is { } text)
            Between(schema, "Length", text.MinimumLength, text.MaximumLength);
        var counted = property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType)
            ? "Items" : "Length";
        if (Of<LengthAttribute>(property) is { } length)
            Between(schema, counted, length.MinimumLength, length.MaximumLength);
        if (Of<MinLengthAttribute>(property) is { } least)
            Between(schema, counted, least.Length, null);
        if (Of<MaxLengthAttribute>(property) is { Length: >= 0 } most)
            Between(schema, counted, 0, most.Length);
        if (Of<RangeAttribute>(property) is { } range && range.OperandType != typeof(DateTime))
        {
            schema["minimum"] = Number(range.Minimum);
            schema["maximum"] = Number(range.Maximum);
        }
        if (Of<RegularExpressionAttribute>(property) is { } pattern)
            schema["pattern"] = $"^(?:{pattern.Pattern})$"; // as the attribute matches
        if (Of<DescriptionAttribute>(property) is { } description)
            schema.Insert(0, "description", description.Description);
        return schema;
    }

    private static void Require(JsonTypeInfo type, JsonObject schema)
    {
        var required = schema["required"] as JsonArray ?? [];
        var known = required.Select(static one => (string?)one).ToHashSet(StringComparer.Ordinal);
        foreach (var property in type.Properties.Where(one => IsRequired(one) && known.Add(one.Name)))
            required.Add((JsonNode)property.Name);
        if (required.Count > 0)
            schema["required"] = required;
    }

    private static void Between(JsonObject schema, string what, int least, int? most)
    {
        if (least > 0)
            schema[$"min{what}"] = least;
        if (most is not null)
            schema[$"max{what}"] = most;
    }

    private static JsonValue? Number(object limit) => limit switch
    {
        int whole => JsonValue.Create(whole),
        double real when double.IsFinite(real) => JsonValue.Create(real),
        string text when decimal.TryParse(text, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => null,
    };

    // A record's attributes stand on its constructor's parameter.
    private static T? Of<T>(JsonPropertyInfo property)
        where T : Attribute =>
        new[] { property.AttributeProvider, property.AssociatedParameter?.AttributeProvider }.OfType<ICustomAttributeProvider>()
            .SelectMany(static place => place.GetCustomAttributes(typeof(T), inherit: true)).OfType<T>().FirstOrDefault();
}
