using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Generator.Lock;

/// <summary>Compares the elevated endpoints of the code with the guard lock, and writes the lock when the build asks for it.</summary>
/// <remarks>
/// A generator and not an analyzer, as builds may leave analyzers out (<c>RunAnalyzers=false</c>) and must not leave this out. It works when the project is
/// built and never while someone types. It can't write files: the lock's text goes into a source file that compiles to nothing, and the package's targets
/// copy it from there.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class GuardLockGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var settings = context.AnalyzerConfigOptionsProvider.Select(static (provider, _) => LockSettings.Read(provider.GlobalOptions));
        var files = context.AdditionalTextsProvider.Combine(context.AnalyzerConfigOptionsProvider)
            .Where(static pair => pair.Right.GetOptions(pair.Left).TryGetValue("build_metadata.AdditionalFiles.EndpointsLock", out var isLock)
                && string.Equals(isLock, "true", StringComparison.OrdinalIgnoreCase))
            .Select(static (pair, ct) => new LockText(pair.Left.Path, pair.Left.GetText(ct)?.ToString()))
            .Collect();

        context.RegisterImplementationSourceOutput(context.CompilationProvider.Combine(settings).Combine(files), static (output, input) =>
            Run(output, input.Left.Left, input.Left.Right, input.Right));
    }

    private static void Run(SourceProductionContext output, Compilation compilation, LockSettings settings, ImmutableArray<LockText> files)
    {
        if (settings.Write)
        {
            var endpoints = GuardedCode.Read(compilation, settings.Pages, output.CancellationToken).Select(static found => found.Endpoint);
            output.AddSource(LockCarrier.Name, SourceText.From(LockCarrier.Wrap(LockFile.Write(endpoints)), Encoding.UTF8));
            return;
        }

        if (settings.Mode == "off" || (settings.Mode.Length == 0 && files.IsEmpty))
            return;
        if (settings.Mode is not ("" or "enforce"))
        {
            Unusable(output, Location.None, $"The property EndpointsLock is '{settings.Mode}'", "write 'enforce' or 'off', or leave it out");
            return;
        }

        var code = GuardedCode.Read(compilation, settings.Pages, output.CancellationToken);
        if (files.IsEmpty)
        {
            if (code.Count > 0)
                Unusable(output, code[0].Location, "EndpointsLock is 'enforce', there are elevated endpoints, and there is no lock file", LockRules.Mend);
            return;
        }
        foreach (var file in files)
            Compare(output, file, code);
    }

    private static void Compare(SourceProductionContext output, LockText file, IReadOnlyList<(LockedEndpoint Endpoint, Location Location)> code)
    {
        var name = file.Path.Substring(file.Path.LastIndexOfAny(['/', '\\']) + 1);
        var flaw = "can't be read";
        if (file.Text is null || LockFile.TryRead(file.Text, out flaw) is not { } locked)
        {
            Unusable(output, Location.Create(file.Path, default, default), $"'{name}' {flaw}", LockRules.Mend);
            return;
        }

        foreach (var difference in LockComparison.Compare([.. locked.Select(static entry => entry.Endpoint)], [.. code.Select(static found => found.Endpoint)]))
        {
            var place = difference.Code >= 0 ? code[difference.Code].Location : At(file, locked[difference.Lock].Position);
            var endpoint = difference.Endpoint;
            output.ReportDiagnostic(difference.Kind == LockDifferenceKind.New
                ? Diagnostic.Create(LockRules.NotLocked, place, endpoint.Name, string.Join(", ", endpoint.Callers), name)
                : Diagnostic.Create(
                    difference.Kind == LockDifferenceKind.Wider ? LockRules.Wider : LockRules.Narrower, place, endpoint.Name, name, string.Join("; ", difference.What)));
        }
    }

    private static Location At(LockText file, int position)
    {
        var text = SourceText.From(file.Text!);
        var line = text.Lines.GetLineFromPosition(Math.Min(position, text.Length));
        return Location.Create(file.Path, line.Span, text.Lines.GetLinePositionSpan(line.Span));
    }

    private static void Unusable(SourceProductionContext output, Location place, string what, string mend) =>
        output.ReportDiagnostic(Diagnostic.Create(LockRules.Unusable, place, what, mend));
}
