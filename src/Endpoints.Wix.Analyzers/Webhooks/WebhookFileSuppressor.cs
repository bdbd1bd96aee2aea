using System.Collections.Immutable;
using Endpoints.Shared.Pages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Suppresses rules of the strictest analysis modes that event and plugin files can't follow.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WebhookFileSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor Visible = new("EPS1001", "CA1515",
        "The class of an event or plugin file is public, and so are the types of its members");

    private static readonly SuppressionDescriptor NeverNull = new("EPS1002", "CA1062",
        "Events and plugins are called with arguments that are never null");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [Visible, NeverNull];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        var options = WebhookOptions.Read(context.Options.AdditionalFiles, context.Options.AnalyzerConfigOptionsProvider.GlobalOptions,
            context.CancellationToken);
        HashSet<ISymbol>? surface = null;
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree)
                continue;
            if (diagnostic.Id == NeverNull.SuppressedDiagnosticId)
            {
                var position = diagnostic.Location.SourceSpan.Start;
                if (IsCalled(tree) && context.GetSemanticModel(tree).GetNullableContext(position).AnnotationsEnabled())
                    context.ReportSuppression(Suppression.Create(NeverNull, diagnostic));
                continue;
            }

            surface ??= PublicSurface.Of(context.Compilation.Assembly,
                context.Compilation.SyntaxTrees.Where(IsCalled).Select(context.GetSemanticModel), context.CancellationToken);
            var node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan);
            if (context.GetSemanticModel(tree).GetDeclaredSymbol(node, context.CancellationToken) is { } type && surface.Contains(type))
                context.ReportSuppression(Suppression.Create(Visible, diagnostic));
        }

        bool IsCalled(SyntaxTree tree) =>
            options.Locate(tree) is { Page.Kind: PageKind.Page } source && !WebhookReader.IsExcluded(source);
    }
}
