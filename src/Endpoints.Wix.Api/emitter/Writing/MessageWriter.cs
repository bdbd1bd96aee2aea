using Endpoints.Wix.Api.Emitter.Facts;
using Endpoints.Wix.Api.Emitter.Naming;

namespace Endpoints.Wix.Api.Emitter.Writing;

/// <summary>Writes a message: properties over JSON.</summary>
internal sealed class MessageWriter(Values values)
{
    private static readonly string[] OfTheBase =
    [
        "Json", "Create", "ToUpdate", "ToString", "Equals", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "Finalize",
        "WireGet", "WireGetValue", "WireSet", "WireSetValue", "WireList",
        "WireMap", "WireSetList", "WireSetMap", "WireClear", "WireWhich", "WireChanges", "Changed", "Belong",
    ];

    public void Write(Code code, Service service, string name, string summary, IReadOnlyList<Field> fields, bool isEntity)
    {
        code.Line();
        code.Summary(summary);
        code.Line($"[global::System.Text.Json.Serialization.JsonConverter(typeof(WixMessageJsonConverter<{name}>))]");
        code.Open($"public sealed class {name} : WixMessage, IWixMessage<{name}>");
        code.Summary("Initializes an empty message.");
        code.Open($"public {name}()");
        code.Close();
        code.Line();
        code.Open($"private {name}(global::System.Text.Json.Nodes.JsonObject json) : base(json)");
        code.Close();
        HashSet<string> used = new(OfTheBase, StringComparer.Ordinal) { name };
        var groups = fields.Where(static field => field.OneOf is not null).GroupBy(static field => field.OneOf!)
            .ToDictionary(static group => group.Key, static group => group.Select(static field => field.Name).ToList());
        foreach (var field in fields)
        {
            var property = Identifiers.Pascal(field.Name);
            while (!used.Add(property))
                property += "Value";
            var others = field.OneOf is { } group ? groups[group].Where(other => other != field.Name).ToList() : [];
            Property(code, service, field, property, others);
        }

        foreach (var (group, members) in groups.Where(static group => group.Value.Count > 1))
        {
            var property = $"Which{Short(name, group)}";
            while (!used.Add(property))
                property += "Value";
            code.Line();
            code.Summary(
                $"Gets the name of the one that is set of {string.Join(", ", members.Select(static member => $"<c>{member}</c>"))}; "
                + "<see langword=\"null\"/> for none.");
            code.Line($"public string? {property} => WireWhich({string.Join(", ", members.Select(static member => $"\"{member}\""))});");
        }

        code.Line();
        code.Summary("Makes a message over JSON, which it reads and writes.");
        code.Line("/// <param name=\"json\">The JSON.</param>");
        code.Line($"public static {name} Create(global::System.Text.Json.Nodes.JsonObject json) => new(json);");
        if (isEntity)
        {
            var kept = fields.Where(static field => field.Name is "id" or "revision").Select(static field => $"\"{field.Name}\"");
            code.Line();
            code.Summary(
                "Makes a message for an update: with what was set on this one since it was received, and with its id and revision where "
                + "it has them.");
            code.Line($"public {name} ToUpdate() => WireChanges<{name}>({string.Join(", ", kept)});");
        }

        code.Close();
    }

    private void Property(Code code, Service service, Field field, string property, List<string> others)
    {
        var wire = field.Name;
        var kind = values.Kind(service, field.Type.Name);
        code.Line();
        code.Summary(
            $"Gets or sets <c>{wire}</c>.{Said(field)}"
            + (others.Count > 0 ? $" Setting it removes {string.Join(", ", others.Select(static other => $"<c>{other}</c>"))}." : ""));
        var clear = others.Count > 0 ? $"WireClear({string.Join(", ", others.Select(static other => $"\"{other}\""))}); " : "";
        var (type, get, set) = field.Type.Shape switch
        {
            Shape.List => ($"{values.Of(service, field.Type)}", $"WireList(\"{wire}\", {kind})", $"WireSetList(\"{wire}\", {kind}, value)"),
            Shape.Map => ($"{values.Of(service, field.Type)}", $"WireMap(\"{wire}\", {kind})", $"WireSetMap(\"{wire}\", {kind}, value)"),
            _ when Values.IsStruct(service, field.Type.Name) =>
                ($"{values.One(service, field.Type.Name)}?", $"WireGetValue(\"{wire}\", {kind})",
                    $"WireSetValue(\"{wire}\", {kind}, value)"),
            _ => ($"{values.One(service, field.Type.Name)}?", $"WireGet(\"{wire}\", {kind})", $"WireSet(\"{wire}\", {kind}, value)"),
        };
        var isMany = field.Type.Shape is not Shape.Single;
        if (isMany)
            code.Line("[global::System.Diagnostics.CodeAnalysis.AllowNull]");
        code.Line($"public {type} {property} {{ get => {get}; set {(clear.Length > 0 ? $"{{ {clear}{set}; }}" : $"=> {set};")} }}");
    }

    private static string Said(Field field)
    {
        List<string> parts = [];
        if (field.Marks.Contains("readonly"))
            parts.Add("Wix sets it.");
        if (field.Marks.Contains("immutable"))
            parts.Add("It can't be changed.");
        if (field.Mark("format") is { } format && format != "LOCAL_DATE")
            parts.Add($"Format: {format}.");
        if (Limits(field, "Length") is { } length)
            parts.Add($"{length} characters.");
        if (Limits(field, "Size") is { } size)
            parts.Add($"{size} elements.");
        if (Limits(field, "") is { } value)
            parts.Add($"{value}.");
        if (field.Marks.Contains("deprecated"))
            parts.Add("Deprecated.");
        return string.Concat(parts.Select(static part => " " + part));
    }

    private static string? Limits(Field field, string of) => (field.Mark("min" + of), field.Mark("max" + of)) switch
    {
        ({ } least, { } most) => $"{least} to {most}",
        ({ } least, null) => $"At least {least}",
        (null, { } most) => $"At most {most}",
        _ => null,
    };

    // XKindOneOf of X is Kind.
    private static string Short(string name, string group)
    {
        var text = Identifiers.Pascal(group);
        if (text.EndsWith("OneOf", StringComparison.Ordinal))
            text = text[..^5];
        return text.StartsWith(name, StringComparison.Ordinal) && text.Length > name.Length ? text[name.Length..] : text;
    }
}
