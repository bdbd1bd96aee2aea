using System.Collections.Immutable;
using Endpoints.Shared.Pages;
using Endpoints.Wix.Analyzers.Routes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Endpoints.Wix.Analyzers.Guards;

/// <summary>Provides the base class of the analyzers of elevation, which do nothing where Endpoints.Wix is not referenced.</summary>
internal abstract class GuardAnalyzer : DiagnosticAnalyzer
{
    private readonly ImmutableArray<DiagnosticDescriptor> _rules;

    private protected GuardAnalyzer(params DiagnosticDescriptor[] rules) => _rules = [.. rules];

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => _rules;

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            var pages = PagesOptions.Read(start.Options.AdditionalFiles, start.Options.AnalyzerConfigOptionsProvider.GlobalOptions,
                start.CancellationToken);
            if (GuardScope.Of(start.Compilation, pages) is { } scope)
                Start(start, scope);
        });
    }

    private protected abstract void Start(CompilationStartAnalysisContext context, GuardScope scope);
}
