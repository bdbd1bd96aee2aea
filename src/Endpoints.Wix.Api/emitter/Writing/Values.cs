using Endpoints.Wix.Api.Emitter.Facts;
using Endpoints.Wix.Api.Emitter.Naming;

namespace Endpoints.Wix.Api.Emitter.Writing;

/// <summary>Writes the types of fields in C#.</summary>
internal sealed class Values(TypeNames names)
{
    private static readonly Dictionary<string, (string Type, string Kind, bool IsStruct)> Plain = new(StringComparer.Ordinal)
    {
        ["string"] = ("string", "Text", false),
        ["decimal"] = ("decimal", "Precise", true),
        ["localDate"] = ("global::System.DateOnly", "Date", true),
        ["int"] = ("long", "Whole", true),
        ["double"] = ("double", "Number", true),
        ["bool"] = ("bool", "Flag", true),
        ["date"] = ("global::System.DateTimeOffset", "Time", true),
        ["duration"] = ("global::System.TimeSpan", "Duration", true),
        ["bytes"] = ("byte[]", "Bytes", false),
        ["struct"] = ("global::System.Text.Json.Nodes.JsonObject", "Struct", false),
        ["any"] = ("global::System.Text.Json.Nodes.JsonNode", "Any", false),
        ["mask"] = ("global::System.Collections.Generic.IReadOnlyList<string>", "Mask", false),
    };

    /// <summary>The type of one value.</summary>
    public string One(Service service, string type) => Plain.TryGetValue(type, out var plain) ? plain.Type : names.Of(service, type);

    public string Kind(Service service, string type) => Plain.TryGetValue(type, out var plain) ? $"WixKinds.{plain.Kind}"
        : service.Enums.ContainsKey(type) ? $"WixKinds.Enum<{names.Of(service, type)}>()"
        : $"WixKinds.Message<{names.Of(service, type)}>()";

    public static bool IsStruct(Service service, string type) =>
        Plain.TryGetValue(type, out var plain) ? plain.IsStruct : service.Enums.ContainsKey(type);

    /// <summary>The type of a field or an argument.</summary>
    public string Of(Service service, FieldType type) => type.Shape switch
    {
        Shape.List => $"global::System.Collections.Generic.IList<{One(service, type.Name)}>",
        Shape.Map => $"global::System.Collections.Generic.IDictionary<string, {One(service, type.Name)}>",
        _ => One(service, type.Name),
    };

    /// <summary>The type of an argument: what is only read need not be a list.</summary>
    public string Argument(Service service, FieldType type) => type.Shape switch
    {
        Shape.List => $"global::System.Collections.Generic.IEnumerable<{One(service, type.Name)}>",
        Shape.Map =>
            $"global::System.Collections.Generic.IEnumerable<global::System.Collections.Generic.KeyValuePair<string, "
            + $"{One(service, type.Name)}>>",
        _ => One(service, type.Name),
    };
}
