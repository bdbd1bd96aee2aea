namespace Endpoints.Wix.Data;

/// <summary>Checks the name or path of a field in a query: nothing in it is an operator, wherever it comes from.</summary>
internal static class FieldName
{
    private const int Longest = 256;

    /// <exception cref="ArgumentException">It isn't a field's name.</exception>
    public static string Demand(string field, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(field, parameter);
        if (field.Length <= Longest && field.Split('.').All(IsName))
            return field;
        throw new ArgumentException("This is not the name of a field: letters, digits, '_' and '-', with dots between the names of a path.",
            parameter);
    }

    /// <exception cref="ArgumentException">One of them isn't a field's name.</exception>
    public static string[] DemandAll(ReadOnlySpan<string> fields, string parameter)
    {
        foreach (var field in fields)
            Demand(field, parameter);
        return fields.ToArray();
    }

    private static bool IsName(string name) =>
        name.Length > 0 && (char.IsLetterOrDigit(name[0]) || name[0] == '_')
            && name.All(static character => char.IsLetterOrDigit(character) || character is '_' or '-');
}
