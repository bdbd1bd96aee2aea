using System.Collections.Immutable;
using Endpoints.Shared.CallPatterns;
using Endpoints.Shared.Limits;
using Endpoints.Wix.Analyzers.Routes;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Guards;

/// <summary>
/// Checks the arguments of <c>[Elevate]</c> and <c>.Elevate(...)</c>: callers, limits, and the calls that elevation is limited to.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ElevateArgumentsAnalyzer() : GuardAnalyzer(
    GuardRules.VisitorsWithoutLimit, GuardRules.RateLimitMalformed, GuardRules.CallersUndefined, GuardRules.OnlyMalformed)
{
    /// <summary>The name of the diagnostic property that contains the probable correction, for the code fix.</summary>
    public const string CorrectedProperty = "Corrected";

    private protected override void Start(CompilationStartAnalysisContext context, GuardScope scope)
    {
        // An attribute's operation holds the creation of the attribute, so this sees both.
        context.RegisterOperationAction(
            operation =>
            {
                var creation = (IObjectCreationOperation)operation.Operation;
                if (scope.Wix.IsElevate(creation.Type))
                    Check(ElevateUse.Of(creation), scope.Wix, operation.ReportDiagnostic);
            },
            OperationKind.ObjectCreation);
        context.RegisterOperationAction(
            operation =>
            {
                var call = (IInvocationOperation)operation.Operation;
                var isCreated =
                    call.Arguments.Any(argument => argument.Value is IObjectCreationOperation && scope.Wix.IsElevate(argument.Value.Type));
                if (!isCreated && scope.Wix.IsElevateCall(call.TargetMethod))
                    Check(ElevateUse.Of(call), scope.Wix, operation.ReportDiagnostic);
            },
            OperationKind.Invocation);
    }

    private static void Check(ElevateUse use, WixSymbols wix, Action<Diagnostic> report)
    {
        if (use.Callers is { } callers && use.Single(nameof(ElevateUse.Callers))!.Location is { } place)
        {
            var kinds = wix.CallerKinds;
            if (callers == 0 || (callers & ~kinds.Values.Aggregate(0L, static (all, kind) => all | kind)) != 0)
                report(Diagnostic.Create(GuardRules.CallersUndefined, place,
                    place.SourceTree?.GetText().ToString(place.SourceSpan)
                        ?? callers.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            else if (kinds.TryGetValue("Visitor", out var visitor) && (callers & visitor) != 0 && !HasLimit(use))
                report(Diagnostic.Create(GuardRules.VisitorsWithoutLimit, use.Location));
        }

        if (use.Single("RateLimit") is { IsKnown: true, Value: string limit } given && LimitText.TryParseAll(limit, out var wrong) is null)
        {
            var properties = ImmutableDictionary<string, string?>.Empty;
            if (LimitText.Correct(limit) is { } corrected)
                properties = properties.Add(CorrectedProperty, corrected);
            report(Diagnostic.Create(GuardRules.RateLimitMalformed, given.Location, properties, limit, wrong));
        }

        foreach (var entry in use.All("Only"))
        {
            if (entry is { IsKnown: true, Value: string text } && CallPattern.TryParse(text, out var flaw) is null)
                report(Diagnostic.Create(GuardRules.OnlyMalformed, entry.Location, text, flaw));
        }
    }

    // A limit that only the running application knows is a limit; so is one in a lambda that does more than assign.
    private static bool HasLimit(ElevateUse use) => use.Single("RateLimit") is { } limit
        ? !(limit.IsKnown && limit.Value is null)
        : use.Settings.ContainsKey(ElevateUse.Configuration);
}
