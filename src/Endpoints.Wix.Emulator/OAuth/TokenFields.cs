namespace Endpoints.Wix.Emulator.OAuth;

/// <summary>The fields of a token request, by their snake_case names, whichever of the two spellings they were sent in.</summary>
internal sealed class TokenFields(IReadOnlyDictionary<string, string> fields)
{
    /// <summary>A field's value; null when it is missing or empty.</summary>
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
