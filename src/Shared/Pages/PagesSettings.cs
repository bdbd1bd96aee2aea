using Microsoft.CodeAnalysis;

namespace Endpoints.Shared.Pages;

/// <summary>
/// Represents the location of a project and of its endpoint files, as the package's targets provide them in a file of their own.
/// </summary>
/// <remarks>
/// They are not read from the compiler's configuration, because <c>.globalconfig</c> and <c>.editorconfig</c> files can write to it.
/// </remarks>
/// <param name="Project">The project's folder.</param>
/// <param name="Roots">The pages folders as the project names them, separated by <c>|</c>.</param>
internal sealed record PagesSettings(string Project, string Roots)
{
    /// <summary>The name of the file, which the targets also use.</summary>
    public const string FileName = "endpoints.pages.settings";

    private const string ProjectKey = "project=";

    private const string RootsKey = "roots=";

    /// <summary>Determines whether an additional file is the settings file of the targets.</summary>
    public static bool IsIn(AdditionalText file) => file.Path.Substring(file.Path.LastIndexOfAny(['/', '\\']) + 1) == FileName;

    /// <summary>Parses the file. Returns <see langword="null"/> if it is invalid.</summary>
    public static PagesSettings? TryRead(string text)
    {
        var lines = text.Split('\n').Select(static line => line.TrimEnd('\r')).ToList();
        return lines.Count == 3 && lines[0].StartsWith(ProjectKey, StringComparison.Ordinal)
            && lines[1].StartsWith(RootsKey, StringComparison.Ordinal) && lines[2].Length == 0
            ? new(lines[0].Substring(ProjectKey.Length), lines[1].Substring(RootsKey.Length))
            : null;
    }
}
