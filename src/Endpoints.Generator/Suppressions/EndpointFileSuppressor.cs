using System.Collections.Immutable;
using Endpoints.Shared.Naming;
using Endpoints.Shared.Pages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Endpoints.Generator.Suppressions;

/// <summary>Suppresses rules of the strictest analysis modes that endpoint files can't follow, or that are wrong for them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EndpointFileSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor Visible = new("EPS0001", "CA1515",
        "The class of an endpoint file is public, and so are the types of its handlers' parameters and results");

    private static readonly SuppressionDescriptor NeverNull = new("EPS0002", "CA1062",
        "ASP.NET Core calls the handlers of endpoint files, and passes null only to parameters that are nullable");

    private static readonly SuppressionDescriptor Created = new("EPS0003", "CA1812",
        "AddFileRoutes() finds validators, and creates them");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [Visible, NeverNull, Created];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        var options = PagesOptions.Read(context.Options.AdditionalFiles, context.Options.AnalyzerConfigOptionsProvider.GlobalOptions,
            context.CancellationToken);
        HashSet<ISymbol>? surface = null;
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree)
                continue;
            if (diagnostic.Id == NeverNull.SuppressedDiagnosticId)
            {
                var position = diagnostic.Location.SourceSpan.Start;
                if (IsPage(tree) && context.GetSemanticModel(tree).GetNullableContext(position).AnnotationsEnabled())
                    context.ReportSuppression(Suppression.Create(NeverNull, diagnostic));
                continue;
            }

            var node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan);
            if (context.GetSemanticModel(tree).GetDeclaredSymbol(node, context.CancellationToken) is not INamedTypeSymbol type)
                continue;
            if (diagnostic.Id == Created.SuppressedDiagnosticId)
            {
                if (type.AllInterfaces.Any(static one => one.ToDisplayString() == "FluentValidation.IValidator"))
                    context.ReportSuppression(Suppression.Create(Created, diagnostic));
                continue;
            }

            surface ??= PublicSurface.Of(context.Compilation.Assembly,
                context.Compilation.SyntaxTrees.Where(IsPage).Select(context.GetSemanticModel), context.CancellationToken);
            if (surface.Contains(type))
                context.ReportSuppression(Suppression.Create(Visible, diagnostic));
        }

        bool IsPage(SyntaxTree tree) => options.Locate(tree) is { } source
            && (source.Kind == PageKind.Folder || (source.Kind == PageKind.Page && !RouteName.Parse(source.Path).IsExcluded));
    }
}
