using System.Globalization;

namespace Endpoints.Wix.Emulator.Catalog;

/// <summary>Represents a field of a message, as Wix's packages describe it.</summary>
/// <param name="Name">The name on the wire.</param>
/// <param name="Type">The type of one value: a word for a plain value, or the name of a message or an enumeration.</param>
/// <param name="IsList">Whether it has a list of values.</param>
/// <param name="IsMap">Whether it has values by name.</param>
/// <param name="Marks">What else is said of it, such as <c>maxLength=100</c>.</param>
internal sealed record FieldFact(string Name, string Type, bool IsList, bool IsMap, IReadOnlyList<string> Marks)
{
    public bool IsSingle => !IsList && !IsMap;

    public static FieldFact Parse(string name, string line)
    {
        var parts = line.Split(' '); // a field is one line
        var type = parts[0].TrimEnd('?');
        var isMap = type.StartsWith("map<", StringComparison.Ordinal);
        var isList = type.EndsWith("[]", StringComparison.Ordinal);
        var inner = isMap ? type[4..^1] : isList ? type[..^2] : type;
        // Lists of lists and the like are rare, and JSON as it stands.
        var isNested = inner.EndsWith("[]", StringComparison.Ordinal) || inner.StartsWith("map<", StringComparison.Ordinal);
        return new(name, isNested ? "any" : inner, isList, isMap, parts[1..]);
    }

    public bool Has(string mark) => Marks.Contains(mark);

    public string? Text(string mark) =>
        Marks.FirstOrDefault(one => one.StartsWith(mark + '=', StringComparison.Ordinal))?[(mark.Length + 1)..];

    public decimal? Number(string mark) =>
        decimal.TryParse(Text(mark), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    public bool HasTypeOf(FieldFact other) => (Type, IsList, IsMap) == (other.Type, other.IsList, other.IsMap);
}
