using System.Text;
using Endpoints.Shared.Collections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Generates the registrations of the files below the events and plugins folders.</summary>
/// <remarks>
/// A file becomes an <see cref="EventHandler"/> or a <see cref="PluginFile"/> of plain values. An edit that doesn't change them causes no
/// later step to run. Mistakes are reported separately from the sources, so that a mistake that moves causes no source to be written.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class WebhookGenerator : IIncrementalGenerator
{
    private const string MapMethod = "MapWixEvents";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var settings = context.AdditionalTextsProvider.Where(WebhookSettings.IsIn)
            .Select(static (file, ct) => file.GetText(ct)?.ToString() ?? "").Collect();
        var options = settings.Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => WebhookOptions.Read(pair.Left, pair.Right.GlobalOptions));
        context.RegisterSourceOutput(options, static (output, options) =>
        {
            if (options.IsUnclear)
                output.ReportDiagnostic(Diagnostic.Create(WebhookBuildRules.FoldersUnclear, Location.None));
        });

        var sources = context.CompilationProvider.Combine(options)
            .SelectMany(static (pair, _) => pair.Left.SyntaxTrees.Select(pair.Right.Locate).OfType<WebhookSource>())
            .Where(static source => !WebhookReader.IsExcluded(source)).WithTrackingName(WebhookSteps.Sources);
        var readings = sources.Combine(context.CompilationProvider)
            .Select(static (pair, ct) => WebhookReader.Read(pair.Left, pair.Right, ct)).WithTrackingName(WebhookSteps.Readings);
        var handlers = readings.SelectMany(static (reading, _) => reading.Handlers).WithTrackingName(WebhookSteps.Handlers);
        var plugins = readings.SelectMany(static (reading, _) => reading.Plugins).WithTrackingName(WebhookSteps.Plugins);
        var table = handlers.Collect().Combine(plugins.Collect())
            .Select(static (pair, _) => WebhookTable.Of(pair.Left, pair.Right)).WithTrackingName(WebhookSteps.Table);

        WriteSources(context, table);
        context.RegisterSourceOutput(readings.Where(static reading => reading.Flaws.Count > 0), static (output, reading) =>
        {
            foreach (var flaw in reading.Flaws)
                output.ReportDiagnostic(WebhookReport.Of(flaw, reading.Source.Page.Tree));
        });
        context.RegisterSourceOutput(table.SelectMany(static (table, _) => table.Contradictions).Combine(readings.Collect()),
            static (output, pair) => output.ReportDiagnostic(WebhookReport.Of(pair.Left, pair.Right)));
        WarnOfUnmapped(context, table, readings);
    }

    private static void WriteSources(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<WebhookTable> table)
    {
        // Analyzers reach projects that reference the library only indirectly, and some that don't.
        var isUsed = context.CompilationProvider.Select(
            static (compilation, _) => compilation.GetTypeByMetadataName(WebhookSymbols.TableName) is not null
                && WebhookSymbols.Find(compilation) is not null);
        var rows = table.Select(static (table, _) => new WebhookRows(
            table.Handlers.Select(static handler => WebhookWriter.Suffix(handler.Name)).ToEquatableArray(),
            table.Plugins.Select(static plugin => WebhookWriter.Suffix(plugin.Name)).ToEquatableArray()))
            .WithTrackingName(WebhookSteps.Rows);
        context.RegisterSourceOutput(rows.Combine(isUsed), static (output, pair) =>
        {
            if (pair.Right)
                output.AddSource("WixFiles.g.cs", Text(WebhookWriter.WriteClass(pair.Left.Handlers, pair.Left.Plugins)));
        });
        context.RegisterSourceOutput(table.SelectMany(static (table, _) => table.Handlers).Combine(isUsed), static (output, pair) =>
        {
            if (pair.Right)
                output.AddSource($"WixFiles.Event.{WebhookWriter.Suffix(pair.Left.Name)}.g.cs", Text(WebhookWriter.Write(pair.Left)));
        });
        context.RegisterSourceOutput(table.SelectMany(static (table, _) => table.Plugins).Combine(isUsed), static (output, pair) =>
        {
            if (pair.Right)
                output.AddSource($"WixFiles.Plugin.{WebhookWriter.Suffix(pair.Left.Name)}.g.cs", Text(WebhookWriter.Write(pair.Left)));
        });
    }

    private static void WarnOfUnmapped(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<WebhookTable> table,
        IncrementalValuesProvider<WebhookReading> readings)
    {
        var maps = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => node is IdentifierNameSyntax { Identifier.ValueText: MapMethod }, static (_, _) => true).Collect()
            .Select(static (calls, _) => calls.Length > 0).WithTrackingName(WebhookSteps.Mapped);
        // The files of a library are for the application to map.
        var isApplication = context.CompilationProvider.Select(static (compilation, _) =>
            compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication);
        var first = table.Select(static (table, _) =>
            table.Handlers.Select(static handler => handler.Home).Concat(table.Plugins.Select(static plugin => plugin.Home))
                .FirstOrDefault());
        context.RegisterSourceOutput(first.Combine(maps).Combine(isApplication).Combine(readings.Collect()), static (output, input) =>
        {
            var (((first, isMapped), isApplication), readings) = input;
            if (first is not null && !isMapped && isApplication)
            {
                output.ReportDiagnostic(Diagnostic.Create(
                    WebhookRules.NotMapped, WebhookReport.At(readings, first), first.File));
            }
        });
    }

    private static SourceText Text(string source) => SourceText.From(source, Encoding.UTF8);
}
