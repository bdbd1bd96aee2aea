using Endpoints.Wix.Analyzers.Routes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Guards;

/// <summary>
/// Finds guarded handlers of OPTIONS. A browser's preflight request never has the token that the guards require, and counts against the
/// limit.
/// </summary>
/// <remarks>Handlers of all methods are not reported, because they are not written for preflight requests.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ElevatedOptionsAnalyzer() : GuardAnalyzer(GuardRules.OptionsGuarded)
{
    private const string Options = "OPTIONS";

    private protected override void Start(CompilationStartAnalysisContext context, GuardScope scope)
    {
        context.RegisterSymbolAction(
            symbol =>
            {
                foreach (var endpoint in scope.Handlers.Of((INamedTypeSymbol)symbol.Symbol))
                {
                    if (endpoint.Verbs.Contains(Options) && scope.IsElevated(endpoint, symbol.CancellationToken)
                        && endpoint.Method.Locations.Concat(endpoint.Class.Locations)
                            .FirstOrDefault(static location => location.IsInSource) is { } place)
                    {
                        symbol.ReportDiagnostic(
                            Diagnostic.Create(GuardRules.OptionsGuarded, place, $"{endpoint.Class.Name}.{endpoint.Method.Name}"));
                    }
                }
            },
            SymbolKind.NamedType);
        context.RegisterOperationAction(operation => OnRoute(operation, scope), OperationKind.Invocation);
    }

    private static void OnRoute(OperationAnalysisContext context, GuardScope scope)
    {
        var call = (IInvocationOperation)context.Operation;
        if (RouteCalls.IsMap(call.TargetMethod) && RouteCalls.VerbsOf(call).Contains(Options)
            && scope.Routes.Around(call).State == GuardState.Elevated)
            context.ReportDiagnostic(Diagnostic.Create(GuardRules.OptionsGuarded, RouteCalls.PlaceOf(call), RouteCalls.NameOf(call)));
    }
}
