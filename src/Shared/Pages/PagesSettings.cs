using Microsoft.CodeAnalysis;

namespace Endpoints.Shared.Pages;

/// <summary>Where a project lies and keeps its endpoint files, as the package's targets hand it over: in a file of their own.</summary>
/// <remarks>A file and not the compiler's configuration: that is a namespace into which <c>.globalconfig</c> and <c>.editorconfig</c> may write.</remarks>
/// <param name="Project">The project's folder.</param>
/// <param name="Roots">The pages folders, as the project names them, with <c>|</c> between them.</param>
internal sealed record PagesSettings(string Project, string Roots)
{
    /// <summary>The file's name. The targets know it too.</summary>
    public const string FileName = "endpoints.pages.settings";

    private const string ProjectKey = "project=";

    private const string RootsKey = "roots=";

    /// <summary>Whether a file that the compiler was given is the one of the targets.</summary>
    public static bool IsIn(AdditionalText file) => file.Path.Substring(file.Path.LastIndexOfAny(['/', '\\']) + 1) == FileName;

    /// <summary>Reads the file; null when it is not right.</summary>
    public static PagesSettings? TryRead(string text)
    {
        var lines = text.Split('\n').Select(static line => line.TrimEnd('\r')).ToList();
        return lines.Count == 3 && lines[0].StartsWith(ProjectKey, StringComparison.Ordinal) && lines[1].StartsWith(RootsKey, StringComparison.Ordinal) && lines[2].Length == 0
            ? new(lines[0].Substring(ProjectKey.Length), lines[1].Substring(RootsKey.Length))
            : null;
    }
}
