using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Defines the diagnostic about the folders that both the generator and the package's targets report.</summary>
internal static class WebhookBuildRules
{
    public static readonly DiagnosticDescriptor FoldersUnclear = new(
        "EP1204",
        "The events and plugins folders are not set in the project",
        $"The compiler has several files '{WebhookSettings.FileName}', or one that is not right: it comes from the targets of the package "
        + "Endpoints.Wix, which must be imported once",
        "Endpoints.Events",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: "https://github.com/endpoints/endpoints/blob/main/docs/diagnostics/EP1204.md",
        customTags: [WellKnownDiagnosticTags.NotConfigurable]);
}
