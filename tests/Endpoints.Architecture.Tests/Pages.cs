namespace Endpoints.Architecture.Tests;

/// <summary>README and the pages under <c>docs</c>.</summary>
internal static class Pages
{
    public static string Repository { get; } = Path.GetFullPath(Path.Combine(House.Folder, ".."));

    /// <summary>Gets the pages' paths, relative to the repository.</summary>
    public static IEnumerable<string> All { get; } =
        [.. Directory.GetFiles(Path.Combine(Repository, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(static file => Path.GetRelativePath(Repository, file)).Append("README.md").Order(StringComparer.Ordinal)];

    public static string Read(string page) => File.ReadAllText(Path.Combine(Repository, page)).ReplaceLineEndings("\n");
}
