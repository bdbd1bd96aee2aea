using System.Collections.Immutable;
using System.Text;
using Endpoints.Shared.Lock;
using Endpoints.Shared.Pages;
using Endpoints.Wix.Analyzers.Calls;
using Endpoints.Wix.Analyzers.Webhooks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Wix.Analyzers.Lock;

/// <summary>
/// Compares the elevated endpoints of the code with the guard lock, writes the lock if the build requests it, and checks that endpoint
/// files declare who may call them if the project requires it.
/// </summary>
/// <remarks>
/// This is a generator and not an analyzer because builds can skip analyzers (<c>RunAnalyzers=false</c>) and must not skip this check. It
/// runs when the project is built and never while someone types. A generator can't write files. Therefore, the lock's text goes into a
/// source file that compiles to nothing, and the package's targets copy it from there. The assembly itself records that the generator has
/// run: see <see cref="LockReceipt"/>.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class GuardLockGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var folders = context.AdditionalTextsProvider.Where(PagesSettings.IsIn)
            .Select(static (file, ct) => file.GetText(ct)?.ToString() ?? "").Collect();
        var pages = folders.Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => PagesOptions.Read(pair.Left, pair.Right.GlobalOptions));
        var signed = context.AdditionalTextsProvider.Where(WebhookSettings.IsIn)
            .Select(static (file, ct) => file.GetText(ct)?.ToString() ?? "").Collect().Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => WebhookOptions.Read(pair.Left, pair.Right.GlobalOptions));
        var settings = context.AdditionalTextsProvider.Where(LockSettings.IsIn)
            .Select(static (file, ct) => new LockText(file.Path, file.GetText(ct)?.ToString())).Collect();
        // Which of the files is the lock the settings say: what the compiler's configuration says of a file, any other configuration may
        // say as well.
        var files = context.AdditionalTextsProvider.Combine(settings)
            .Where(static pair => pair.Right.Length == 1
                && LockSettings.TryRead(pair.Right[0].Text)?.LockPath == LockSettings.Normal(pair.Left.Path))
            .Select(static (pair, ct) => new LockText(pair.Left.Path, pair.Left.GetText(ct)?.ToString()))
            .Collect();

        context.RegisterImplementationSourceOutput(
            context.CompilationProvider.Combine(context.AdditionalTextsProvider.Where(PermissionList.IsAskedBy).Collect()),
            static (output, input) =>
            {
                if (!input.Right.IsEmpty)
                    output.AddSource(PermissionList.Name,
                        SourceText.From(PermissionList.Write(input.Left, output.CancellationToken), Encoding.UTF8));
            });
        context.RegisterImplementationSourceOutput(
            context.CompilationProvider.Combine(pages.Combine(signed)).Combine(settings).Combine(files),
            static (output, input) => Run(
                output, input.Left.Left.Left, input.Left.Left.Right.Left, input.Left.Left.Right.Right, input.Left.Right, input.Right));
    }

    private static void Run(SourceProductionContext output, Compilation compilation, PagesOptions pages, WebhookOptions signed,
        ImmutableArray<LockText> found, ImmutableArray<LockText> files)
    {
        if (found.Length != 1 || LockSettings.TryRead(found[0].Text) is not { } settings)
        {
            // Without the targets nothing is known of what the project wants.
            if (GuardedCode.ReadAll(compilation, pages, output.CancellationToken, webhooks: signed) is { Count: > 0 } elevated)
            {
                Unusable(output, elevated[0].Location,
                    $"The compiler has {(found.Length > 1 ? "several files" : found.IsEmpty ? "no file" : "a file that is not right")} "
                    + $"'{LockSettings.FileName}'",
                    "it comes from the targets of the package Endpoints.Wix, which must be imported once");
            }
            return;
        }
        // What is reported can be kept from being seen. What is right has a receipt, and nothing else has one.
        if (LockReceipt.Forged(compilation, output.CancellationToken) is { } forged)
        {
            Unusable(output, forged, $"The code has an assembly metadata attribute '{LockReceipt.Key}'",
                "remove it: the generator writes it when it has compared the code with the lock");
            return;
        }
        if (pages.State != PagesState.Given
            && (settings.RequiresAccess || settings.Write
                || (settings.Mode != "off" && (settings.Mode == "enforce" || settings.LockPath.Length > 0))))
        {
            // Which files are endpoints would be a guess.
            Unusable(output, Location.None,
                $"The compiler has {(pages.State == PagesState.Missing ? "no file" : "several files, or one that is not right,")} "
                + $"'{PagesSettings.FileName}'",
                "it comes from the targets of the package Endpoints, which must be imported once");
            return;
        }
        var accesses = settings.RequiresAccess
            ? [.. AccessReader.Read(compilation, pages, output.CancellationToken)] : (IReadOnlyList<EndpointAccess>?)null;
        if (accesses is not null)
        {
            foreach (var unsaid in accesses.Where(static access => !access.IsSaid))
                output.ReportDiagnostic(Diagnostic.Create(LockRules.Unsaid, unsaid.Location, $"{unsaid.Verb} {unsaid.Route}"));
            if (accesses.All(static access => access.IsSaid))
                output.AddSource(AccessReceipt.Name, SourceText.From(AccessReceipt.Text, Encoding.UTF8));
        }

        var code = GuardedCode.ReadAll(compilation, pages, output.CancellationToken, accesses, signed);
        foreach (var (endpoint, location) in code)
        {
            foreach (var refused in endpoint.Refused)
                output.ReportDiagnostic(Diagnostic.Create(LockRules.Refused, location, endpoint.Name, refused,
                    string.Join(", ", endpoint.Only!.Value.DefaultIfEmpty("nothing"))));
        }
        if (settings.Write)
        {
            var endpoints = code.Select(static found => found.Endpoint).ToList();
            var text = LockFile.Write(endpoints);
            output.AddSource(LockCarrier.Name, SourceText.From(LockCarrier.Wrap(text), Encoding.UTF8));
            Receipt(output, LockReceipt.Written, endpoints.Count, endpoints.Count == 0 ? null : text);
            return;
        }

        if (settings.Mode == "off" || (settings.Mode == "auto" && settings.LockPath.Length == 0))
        {
            // The list of endpoints shows the calls of an application without a lock as well.
            if (code.Any(static found => found.Endpoint.Calls is not null))
                output.AddSource(CallsCarrier.Name, SourceText.From(CallsCarrier.Write(code.Select(static found => found.Endpoint)),
                    Encoding.UTF8));
            return;
        }
        if (settings.LockPath.Length == 0)
        {
            if (code.Count > 0)
                Unusable(output, code[0].Location,
                    "EndpointsLock is 'enforce', there are "
                    + (code.Any(static found => found.Endpoint.IsElevated) ? "elevated endpoints" : "endpoints that say who may call")
                    + ", and there is no lock file",
                    LockRules.Mend);
            else
                Receipt(output, LockReceipt.None, 0, null);
            return;
        }
        if (files.IsEmpty)
            Unusable(output, Location.None, $"'{settings.LockPath}' did not reach the compiler",
                "leave the item AdditionalFiles of the targets as it is");
        else
            Compare(output, files[0], code);
    }

    private static void Receipt(SourceProductionContext output, string state, int entries, string? text) =>
        output.AddSource(LockReceipt.Name, SourceText.From(LockReceipt.Write(state, entries, text), Encoding.UTF8));

    private static void Compare(SourceProductionContext output, LockText file,
        IReadOnlyList<(LockedEndpoint Endpoint, Location Location)> code)
    {
        var name = file.Path.Substring(file.Path.LastIndexOfAny(['/', '\\']) + 1);
        var flaw = "can't be read";
        if (file.Text is null || LockFile.TryRead(file.Text, out flaw) is not { } locked)
        {
            Unusable(output, Location.Create(file.Path, default, default), $"'{name}' {flaw}", LockRules.Mend);
            return;
        }

        var differences =
            LockComparison.Compare([.. locked.Select(static entry => entry.Endpoint)], [.. code.Select(static found => found.Endpoint)])
                .ToList();
        if (differences.TrueForAll(static difference => difference.Kind == LockDifferenceKind.Narrower))
            Receipt(output, LockReceipt.Compared, locked.Count, file.Text);
        foreach (var difference in differences)
        {
            var place = difference.Code >= 0 ? code[difference.Code].Location : At(file, locked[difference.Lock].Position);
            var endpoint = difference.Endpoint;
            output.ReportDiagnostic(
                difference.Kind == LockDifferenceKind.New
                    ? Diagnostic.Create(endpoint.Code is null ? LockRules.NotLocked : LockRules.NotLockedCode, place, endpoint.Name,
                        Does(endpoint), name)
                : Diagnostic.Create(
                    difference.Kind == LockDifferenceKind.Wider ? LockRules.Wider : LockRules.Narrower, place, endpoint.Name, name,
                    string.Join("; ", difference.What)));
        }
    }

    private static string Does(LockedEndpoint entry) => entry switch
    {
        { Code: not null, IsElevated: false } => "lifts a guard",
        { IsSigned: true } => "acts as the app",
        { IsElevated: false } => $"is open to {string.Join(", ", entry.Authorize.DefaultIfEmpty(string.Join(", ", entry.Access)))}",
        { Code: not null } => $"elevates for {string.Join(", ", entry.Callers)}",
        _ => $"is elevated for {string.Join(", ", entry.Callers)}",
    };

    private static Location At(LockText file, int position)
    {
        var text = SourceText.From(file.Text!);
        var line = text.Lines.GetLineFromPosition(Math.Min(position, text.Length));
        return Location.Create(file.Path, line.Span, text.Lines.GetLinePositionSpan(line.Span));
    }

    private static void Unusable(SourceProductionContext output, Location place, string what, string mend) =>
        output.ReportDiagnostic(Diagnostic.Create(LockRules.Unusable, place, what, mend));
}
