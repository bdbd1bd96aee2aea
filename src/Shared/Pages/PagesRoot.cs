namespace Endpoints.Shared.Pages;

/// <summary>A folder that holds endpoint files.</summary>
/// <param name="Text">The folder as the project names it, with <c>/</c>: <c>pages</c>, <c>../shared/pages</c>.</param>
/// <param name="Prefix">How the paths of its files begin, with a <c>/</c> at the end.</param>
/// <param name="AnyCase">How many characters of the prefix, the project's own folder, may differ in letter case.</param>
internal sealed record PagesRoot(string Text, string Prefix, int AnyCase)
{
    /// <summary>Whether a file lies in the folder or below. The folder's own name counts with its letter case.</summary>
    public bool Contains(string path) =>
        path.Length > Prefix.Length
        && string.Compare(path, 0, Prefix, 0, AnyCase, StringComparison.OrdinalIgnoreCase) == 0
        && string.CompareOrdinal(path, AnyCase, Prefix, AnyCase, Prefix.Length - AnyCase) == 0;

    /// <summary>Whether a file would lie in the folder if letter case did not count.</summary>
    public bool ContainsInAnyCase(string path) => path.Length > Prefix.Length && path.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The folder's own name.</summary>
    public string Name => Text.Substring(Text.LastIndexOf('/') + 1);
}
