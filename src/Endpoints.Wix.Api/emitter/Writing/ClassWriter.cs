using Endpoints.Wix.Api.Emitter.Facts;
using Endpoints.Wix.Api.Emitter.Naming;

namespace Endpoints.Wix.Api.Emitter.Writing;

/// <summary>Writes messages as plain classes for a serializer, which benchmarks compare the views with.</summary>
internal static class ClassWriter
{
    private static readonly Dictionary<string, string> Plain = new(StringComparer.Ordinal)
    {
        ["int"] = "long?", ["double"] = "double?", ["decimal"] = "decimal?", ["bool"] = "bool?", ["bytes"] = "byte[]?",
        ["date"] = "global::System.DateTimeOffset?", ["localDate"] = "global::System.DateOnly?",
        ["struct"] = "global::System.Text.Json.Nodes.JsonObject?", ["any"] = "global::System.Text.Json.Nodes.JsonNode?",
    };

    /// <summary>Writes a message and all that it contains.</summary>
    public static string Write(string root, Service service, string message)
    {
        var code = new Code(root);
        var done = new HashSet<string>(StringComparer.Ordinal);
        var next = new Queue<string>([message]);
        while (next.TryDequeue(out var name))
        {
            if (!done.Add(name))
                continue;
            code.Line();
            code.Summary($"Represents <c>{name}</c>.");
            code.Open($"public sealed class {name}");
            foreach (var field in service.Messages[name])
            {
                if (service.Messages.ContainsKey(field.Type.Name))
                    next.Enqueue(field.Type.Name);
                var property = Identifiers.Pascal(field.Name);
                code.Line($"[global::System.Text.Json.Serialization.JsonPropertyName(\"{field.Name}\")]");
                code.Line($"public {Of(service, field.Type)} {(property == name ? property + "Value" : property)} {{ get; set; }}");
            }

            code.Close();
        }

        return code.ToString();
    }

    private static string Of(Service service, FieldType type)
    {
        var one = Plain.TryGetValue(type.Name, out var plain) ? plain
            : service.Messages.ContainsKey(type.Name) ? type.Name + "?" : "string?";
        return type.Shape switch
        {
            Shape.List => $"global::System.Collections.Generic.List<{one}>?",
            Shape.Map => $"global::System.Collections.Generic.Dictionary<string, {one}>?",
            _ => one,
        };
    }
}
