using Endpoints.Shared.Pages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Represents the locations of a project's event and plugin files.</summary>
/// <param name="Events">The events folders.</param>
/// <param name="Plugins">The plugins folders.</param>
internal sealed record WebhookOptions(PagesOptions Events, PagesOptions Plugins)
{
    /// <summary>Gets a value that indicates whether there are several settings files, or one that is invalid.</summary>
    public bool IsUnclear => Events.State == PagesState.Unclear;

    /// <summary>Reads the project's settings from the additional files of the compilation.</summary>
    public static WebhookOptions Read(IEnumerable<AdditionalText> files, AnalyzerConfigOptions options,
        CancellationToken cancellationToken) =>
        Read([.. files.Where(WebhookSettings.IsIn).Select(file => file.GetText(cancellationToken)?.ToString() ?? "")], options);

    /// <summary>Reads the project's settings.</summary>
    /// <param name="files">The contents of the settings files: one, or none in a project without the package's targets.</param>
    /// <param name="options">The compiler's configuration, from which only the project's folder is read.</param>
    public static WebhookOptions Read(IReadOnlyList<string> files, AnalyzerConfigOptions options)
    {
        var settings = files.Count == 1 ? WebhookSettings.TryRead(files[0]) : null;
        var state = settings is not null ? PagesState.Given : files.Count == 0 ? PagesState.Missing : PagesState.Unclear;
        var directory = settings?.Project
            ?? (options.TryGetValue(PagesOptions.ProjectDirectory, out var configured) ? configured : null);
        return new(
            PagesOptions.Of(directory, PagesOptions.Split(settings?.Events ?? "events"), state),
            PagesOptions.Of(directory, PagesOptions.Split(settings?.Plugins ?? "plugins"), state));
    }

    /// <summary>Returns the kind and location of a source file, or <see langword="null"/> if Wix calls nothing in it.</summary>
    public WebhookSource? Locate(SyntaxTree tree)
    {
        var (found, plugin) = (Events.Locate(tree), Plugins.Locate(tree));
        // The folder that a file is in comes before one that it would be in if letter case were ignored.
        return found is not null && (found.Kind != PageKind.Stray || plugin is null or { Kind: PageKind.Stray })
            ? new(found, WebhookKind.Event)
            : plugin is not null ? new(plugin, WebhookKind.Plugin) : null;
    }
}
