namespace Endpoints.Wix.Modules;

/// <summary>Wix's masks: one text with the names of the fields that an update changes.</summary>
internal static class FieldMask
{
    public static string Of(params ReadOnlySpan<(string Name, object? Value)> fields)
    {
        List<string> names = [];
        foreach (var (name, value) in fields)
        {
            if (value is not null)
                names.Add(name);
        }

        return string.Join(',', names);
    }
}
