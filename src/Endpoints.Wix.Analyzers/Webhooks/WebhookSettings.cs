using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Represents the locations of a project's event and plugin files, as the package's targets provide them.</summary>
/// <remarks>
/// They are not read from the compiler's configuration, because <c>.globalconfig</c> and <c>.editorconfig</c> files can write to it.
/// </remarks>
/// <param name="Project">The project's folder.</param>
/// <param name="Events">The events folders as the project names them, separated by <c>|</c>. Empty for none.</param>
/// <param name="Plugins">The plugins folders as the project names them, separated by <c>|</c>. Empty for none.</param>
internal sealed record WebhookSettings(string Project, string Events, string Plugins)
{
    /// <summary>The name of the file, which the targets also use.</summary>
    public const string FileName = "endpoints.wix.settings";

    private static readonly string[] Keys = ["project=", "events=", "plugins="];

    /// <summary>Determines whether an additional file is the settings file of the targets.</summary>
    public static bool IsIn(AdditionalText file) => file.Path.Substring(file.Path.LastIndexOfAny(['/', '\\']) + 1) == FileName;

    /// <summary>Parses the file. Returns <see langword="null"/> if it is invalid.</summary>
    public static WebhookSettings? TryRead(string text)
    {
        var lines = text.Split('\n').Select(static line => line.TrimEnd('\r')).ToList();
        if (lines.Count != Keys.Length + 1 || lines[Keys.Length].Length > 0)
            return null;
        for (var i = 0; i < Keys.Length; i++)
        {
            if (!lines[i].StartsWith(Keys[i], StringComparison.Ordinal))
                return null;
            lines[i] = lines[i].Substring(Keys[i].Length);
        }
        return new(lines[0], lines[1], lines[2]);
    }
}
