using System.Text;
using Endpoints.Generator.Diagnostics;
using Endpoints.Generator.Writing;
using Endpoints.Shared.Pages;
using Endpoints.Shared.Tables;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Generator;

/// <summary>Generates the assembly's route table from the files below the pages folders.</summary>
/// <remarks>
/// A file is read once after each edit and becomes a <see cref="Page"/> of plain values. Typing inside a handler produces an equal page,
/// and no later step runs. Mistakes are reported separately from the table, so that a mistake that moves causes no source to be written.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class FileRouteGenerator : IIncrementalGenerator
{
    private const string Library = "Endpoints";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var settings = context.AdditionalTextsProvider.Where(PagesSettings.IsIn)
            .Select(static (file, ct) => file.GetText(ct)?.ToString() ?? "").Collect();
        var options = settings.Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => PagesOptions.Read(pair.Left, pair.Right.GlobalOptions));
        context.RegisterSourceOutput(options, static (output, options) =>
        {
            if (options.State == PagesState.Unclear)
                output.ReportDiagnostic(Diagnostic.Create(BuildRules.PagesUnclear, Location.None));
        });

        var sources = context.CompilationProvider.Combine(options)
            .SelectMany(static (pair, _) => pair.Left.SyntaxTrees.Select(pair.Right.Locate).OfType<PageSource>())
            .WithTrackingName(Steps.Sources);

        var alone = sources.Select(static (source, ct) => PageReader.Read(source, ct)).WithTrackingName(Steps.Readings);
        var together = alone.Where(static reading => reading.NeedsModel)
            .Combine(context.CompilationProvider).Combine(options)
            .Select(static (pair, ct) => PageReader.Read(pair.Left.Left, pair.Right, pair.Left.Right, ct))
            .WithTrackingName(Steps.ModelReadings);
        var readings = alone.Where(static reading => !reading.NeedsModel).Collect().Combine(together.Collect())
            .SelectMany(static (pair, _) => pair.Left.AddRange(pair.Right));

        var pages = readings.Where(static reading => reading.Page is not null).Select(static (reading, _) => reading.Page!)
            .WithTrackingName(Steps.Pages);
        var folders = readings.Where(static reading => reading.Folder is not null).Select(static (reading, _) => reading.Folder!)
            .WithTrackingName(Steps.Folders);
        var table = pages.Collect().Combine(folders.Collect()).Select(static (pair, _) => RouteTable.Of(pair.Left, pair.Right))
            .WithTrackingName(Steps.Table);
        var rows = table.Select(static (table, _) => table.Rows).WithTrackingName(Steps.Rows);

        // Analyzers reach projects that reference the library only indirectly, and some that don't.
        var isReferenced =
            context.CompilationProvider.Select(
                static (compilation, _) => compilation.ReferencedAssemblyNames.Any(static name => name.Name == Library));
        // A type of the project's own by the name of the library's namespace hides it: nothing that could be written would compile.
        var hiding = context.CompilationProvider.Select(static (compilation, _) => Hiding(compilation)).WithTrackingName(Steps.Hiding);
        var isUsed = isReferenced.Combine(hiding).Select(static (pair, _) => pair.Left && pair.Right.Path is null);
        var count = rows.Select(static (rows, _) => rows.Count).WithTrackingName(Steps.Count);
        context.RegisterSourceOutput(count.Combine(isUsed), static (output, pair) =>
        {
            if (pair.Right)
                output.AddSource("FileRoutes.g.cs", SourceText.From(TableWriter.WriteClass(pair.Left), Encoding.UTF8));
        });
        context.RegisterSourceOutput(count.Combine(isReferenced).Combine(hiding), static (output, pair) =>
        {
            var ((rows, isReferenced), (path, span, lines)) = pair;
            if (rows > 0 && isReferenced && path is not null)
                output.ReportDiagnostic(Diagnostic.Create(Rules.NamespaceHidden, Location.Create(path, span, lines)));
        });
        var parts = rows.SelectMany(static (rows, _) => Part.Split(rows)).WithTrackingName(Steps.Parts);
        context.RegisterSourceOutput(parts.Combine(isUsed), static (output, pair) =>
        {
            if (pair.Right)
                output.AddSource($"FileRoutes.Part{pair.Left.Number}.g.cs", SourceText.From(TableWriter.Write(pair.Left), Encoding.UTF8));
        });

        context.RegisterSourceOutput(readings.Where(static reading => reading.Flaws.Count > 0), static (output, reading) =>
        {
            foreach (var flaw in reading.Flaws)
                output.ReportDiagnostic(FlawReport.Of(flaw, reading.Source.Tree));
        });

        var collisions = table.SelectMany(static (table, _) => table.Collisions);
        context.RegisterSourceOutput(collisions.Combine(readings.Collect()), static (output, pair) =>
        {
            var (page, other) = (pair.Left.Page, pair.Left.Other);
            Location At(Page page) => pair.Right.FirstOrDefault(reading => reading.Source.File == page.File) is { } reading
                ? reading.Source.Tree.GetLocation(reading.Anchor)
                : Location.None;
            output.ReportDiagnostic(
                Diagnostic.Create(Rules.RouteTwice, At(page), [At(other)], page.File, other.File, page.Route.Text, other.Route.Text));
        });
    }

    private static (string? Path, TextSpan Span, LinePositionSpan Lines) Hiding(Compilation compilation) =>
        compilation.Assembly.GlobalNamespace.GetTypeMembers(Library).SelectMany(static type => type.Locations)
            .FirstOrDefault(static location => location.IsInSource) is { } at
            ? (at.SourceTree!.FilePath, at.SourceSpan, at.GetLineSpan().Span)
            : default;
}
