namespace Endpoints.Wix.Emulator.OAuth;

/// <summary>Reads the fields of a token request by their snake_case names, in whichever of the two spellings they were sent.</summary>
internal sealed class TokenFields(IReadOnlyDictionary<string, string> fields)
{
    /// <summary>Gets the value of a field, or <see langword="null"/> if it is missing or empty.</summary>
    public string? this[string name]
    {
        get
        {
            if (!fields.TryGetValue(name, out var value))
                fields.TryGetValue(Camel(name), out value);
            return string.IsNullOrEmpty(value) ? null : value;
        }
    }

    private static string Camel(string name)
    {
        var words = name.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(static word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
