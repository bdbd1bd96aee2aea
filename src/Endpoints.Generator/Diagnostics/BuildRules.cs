using Endpoints.Shared.Pages;
using Microsoft.CodeAnalysis;

namespace Endpoints.Generator.Diagnostics;

/// <summary>Defines the diagnostics that both the generator and the package's targets report.</summary>
internal static class BuildRules
{
    public static readonly DiagnosticDescriptor PagesUnclear = new(
        "EP1202",
        "The pages folders are not set in the project",
        $"The compiler has several files '{PagesSettings.FileName}', or one that is not right: it comes from the targets of the package "
        + "Endpoints, which must be imported once",
        "Endpoints.Routing",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: "https://github.com/endpoints/endpoints/blob/main/docs/diagnostics/EP1202.md",
        customTags: [WellKnownDiagnosticTags.NotConfigurable]);
}
