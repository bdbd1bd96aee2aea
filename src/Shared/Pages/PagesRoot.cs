namespace Endpoints.Shared.Pages;

/// <summary>Represents a folder that contains endpoint files.</summary>
/// <param name="Text">The folder as the project names it, with <c>/</c>: <c>pages</c>, <c>../shared/pages</c>.</param>
/// <param name="Prefix">The prefix of the paths of its files, ending in <c>/</c>.</param>
/// <param name="AnyCase">
/// The number of characters of the prefix, the project's own folder, that are compared without regard to case.
/// </param>
internal sealed record PagesRoot(string Text, string Prefix, int AnyCase)
{
    /// <summary>Determines whether a file is in the folder or below it. The folder's own name is case-sensitive.</summary>
    public bool Contains(string path) =>
        path.Length > Prefix.Length
        && string.Compare(path, 0, Prefix, 0, AnyCase, StringComparison.OrdinalIgnoreCase) == 0
        && string.CompareOrdinal(path, AnyCase, Prefix, AnyCase, Prefix.Length - AnyCase) == 0;

    /// <summary>Determines whether a file would be in the folder if letter case were ignored.</summary>
    public bool ContainsInAnyCase(string path) =>
        path.Length > Prefix.Length && path.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets the folder's own name.</summary>
    public string Name => Text.Substring(Text.LastIndexOf('/') + 1);
}
