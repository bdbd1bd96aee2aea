namespace Endpoints.Shared.Handlers;

/// <summary>Defines the names that make a method a handler, and recognizes similar names.</summary>
internal static class Verbs
{
    /// <summary>The name for every method that the class does not name.</summary>
    public const string All = "ALL";

    private const string Suffix = "Async";

    // The methods of RFC 9110 and 5789.
    private static readonly string[] Names = ["Get", "Post", "Put", "Patch", "Delete", "Head", "Options", "Trace", "Connect", "All"];

    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Fetch"] = "Get", ["Read"] = "Get", ["Load"] = "Get", ["Retrieve"] = "Get", ["List"] = "Get", ["Index"] = "Get",
        ["Create"] = "Post", ["Insert"] = "Post", ["Add"] = "Post", ["Submit"] = "Post",
        ["Update"] = "Put", ["Replace"] = "Put", ["Save"] = "Put",
        ["Modify"] = "Patch", ["Merge"] = "Patch",
        ["Remove"] = "Delete", ["Del"] = "Delete", ["Destroy"] = "Delete",
        ["Any"] = "All", ["Every"] = "All", ["Handle"] = "All", ["Invoke"] = "All",
    };

    /// <summary>
    /// Returns the HTTP method, in upper case, that a C# method's name represents, or <see langword="null"/> if it represents none.
    /// </summary>
    public static string? Of(string name)
    {
        var bare = WithoutSuffix(name);
        return Names.FirstOrDefault(verb => verb.Equals(bare, StringComparison.OrdinalIgnoreCase))?.ToUpperInvariant();
    }

    /// <summary>
    /// Returns the handler name that was probably meant, or <see langword="null"/> if the name is not similar to any. One typing error
    /// after the first letter is recognized (<c>Gte</c>, <c>Pots</c>, <c>Delet</c>), and so are synonyms (<c>Fetch</c>).
    /// </summary>
    public static string? Near(string name)
    {
        var bare = WithoutSuffix(name);
        var verb = Synonyms.TryGetValue(bare, out var synonym) ? synonym : Names.FirstOrDefault(candidate => IsOneSlip(bare, candidate));
        return verb is null ? null : verb + name.Substring(bare.Length);
    }

    /// <summary>
    /// Returns the handler name that a name begins with, such as <c>Get</c> for <c>GetById</c>, or <see langword="null"/> if there is none.
    /// </summary>
    public static string? Prefix(string name) =>
        Names.FirstOrDefault(
            verb => name.Length > verb.Length && name.StartsWith(verb, StringComparison.Ordinal)
                && char.IsUpper(name[verb.Length])) is { } found
            ? found + (WithoutSuffix(name).Length < name.Length ? Suffix : "")
            : null;

    private static string WithoutSuffix(string name) =>
        name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)
            ? name.Substring(0, name.Length - Suffix.Length) : name;

    // A letter too many, too few or wrong, or two neighbours exchanged. Words that begin otherwise are other words: Set, Head and Read.
    private static bool IsOneSlip(string written, string meant)
    {
        written = written.ToUpperInvariant();
        meant = meant.ToUpperInvariant();
        if (written.Length < 2 || written[0] != meant[0] || Math.Abs(written.Length - meant.Length) > 1)
            return false;

        var at = 1;
        while (at < written.Length && at < meant.Length && written[at] == meant[at])
            at++;
        if (written.Length > meant.Length)
            return written.Substring(at + 1) == meant.Substring(at);
        if (written.Length < meant.Length)
            return written.Substring(at) == meant.Substring(at + 1);
        if (at == written.Length)
            return false;
        return written.Substring(at + 1) == meant.Substring(at + 1)
            || (at + 1 < written.Length && written[at] == meant[at + 1] && written[at + 1] == meant[at]
                && written.Substring(at + 2) == meant.Substring(at + 2));
    }
}
