namespace Endpoints.Wix.Api.Emitter.Facts;

/// <summary>A field's type.</summary>
/// <param name="Shape">Whether it has many values.</param>
/// <param name="Name">The type of one: a word for a plain value, or the name of a message or an enumeration.</param>
internal sealed record FieldType(Shape Shape, string Name)
{
    public static FieldType Parse(string text)
    {
        if (text.EndsWith("[]", StringComparison.Ordinal))
            return Nested(Shape.List, text[..^2]);
        if (text.StartsWith("map<", StringComparison.Ordinal))
            return Nested(Shape.Map, text[4..^1]);
        return new(Shape.Single, text);
    }

    // Lists of lists and the like are rare, and JSON as it stands.
    private static FieldType Nested(Shape shape, string inner) =>
        new(shape, inner.EndsWith("[]", StringComparison.Ordinal) || inner.StartsWith("map<", StringComparison.Ordinal) ? "any" : inner);
}
