namespace Endpoints.Wix.Api.Emitter.Facts;

/// <summary>A field of a message, as its line has it.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Type">Its type.</param>
/// <param name="Marks">What else is said of it.</param>
internal sealed record Field(string Name, FieldType Type, IReadOnlyList<string> Marks)
{
    public static Field Parse(string name, string line)
    {
        var parts = line.Split(' ');
        var type = FieldType.Parse(parts[0].TrimEnd('?'));
        var marks = parts[1..];
        if (type is { Shape: Shape.Single, Name: "string" })
        {
            if (marks.Contains("decimal"))
                type = type with { Name = "decimal" };
            else if (marks.Contains("format=LOCAL_DATE"))
                type = type with { Name = "localDate" };
        }

        return new(name, type, marks);
    }

    /// <summary>The group of which only one field can be set; null for none.</summary>
    public string? OneOf => Mark("oneof");

    public string? Mark(string name) =>
        Marks.FirstOrDefault(mark => mark.StartsWith(name + '=', StringComparison.Ordinal))?[(name.Length + 1)..];
}
