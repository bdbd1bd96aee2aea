using Endpoints.Wix.Api.Emitter.Naming;

namespace Endpoints.Wix.Api.Emitter.Writing;

/// <summary>Writes an enumeration: any text, with the known ones as members.</summary>
internal static class EnumWriter
{
    public static void Write(Code code, string name, string wire, IReadOnlyList<string> members)
    {
        code.Line();
        code.Summary($"Represents a value of Wix's enumeration <c>{wire}</c>. Values that Wix adds are values as well.");
        code.Line("/// <param name=\"Value\">The value as Wix writes it.</param>");
        code.Line($"[global::System.Text.Json.Serialization.JsonConverter(typeof(WixEnumJsonConverter<{name}>))]");
        code.Open($"public readonly record struct {name}(string Value) : IWixEnumeration<{name}>");
        HashSet<string> used =
            new(StringComparer.Ordinal) { name, "Value", "ToString", "Equals", "GetHashCode", "Deconstruct", "PrintMembers" };
        foreach (var member in members)
        {
            var property = Identifiers.Pascal(member);
            while (!used.Add(property))
                property += "Value";
            code.Summary($"Gets <c>{member}</c>.");
            code.Line($"public static {name} {property} => new(\"{member}\");");
            code.Line();
        }

        code.Summary("Converts a text to a value.");
        code.Line("/// <param name=\"value\">The value as Wix writes it.</param>");
        code.Line($"public static implicit operator {name}(string value) => new(value);");
        code.Line();
        code.Line($"static {name} IWixEnumeration<{name}>.Create(string value) => new(value);");
        code.Line();
        code.Summary("Returns the value as Wix writes it.");
        code.Line("public override string ToString() => Value ?? \"\";");
        code.Close();
    }
}
