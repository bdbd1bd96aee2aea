using System.Collections.Immutable;
using Endpoints.Wix.Analyzers.Routes;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Guards;

/// <summary>Finds elevated handlers of GET that change something at Wix, which a link or an image on any page could trigger.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ElevatedWriteInGetAnalyzer() : GuardAnalyzer(GuardRules.WriteInGet)
{
    /// <summary>The name of the diagnostic property that indicates that the method can be renamed to Post.</summary>
    public const string CanBePostProperty = "CanBePost";

    private protected override void Start(CompilationStartAnalysisContext context, GuardScope scope)
    {
        context.RegisterOperationAction(
            operation =>
            {
                if (WixWrites.NameOf(operation.Operation, scope.Wix) is { } write
                    && scope.Handlers.Of(operation.ContainingSymbol) is { AnswersGet: true } endpoint
                    && scope.IsElevated(endpoint))
                {
                    // A page that has a handler for POST can't have another.
                    var canBePost = endpoint.Kind == EndpointKind.Page
                        && scope.Handlers.Of(endpoint.Class).All(static other => !other.Verbs.Contains("POST"));
                    Report(operation, operation.Operation, write, $"'{endpoint.Class.Name}.{endpoint.Method.Name}'", canBePost);
                }
            },
            OperationKind.Invocation,
            OperationKind.MethodReference);
        context.RegisterOperationAction(operation => OnRoute(operation, scope), OperationKind.Invocation);
    }

    private static void OnRoute(OperationAnalysisContext context, GuardScope scope)
    {
        var call = (IInvocationOperation)context.Operation;
        if (RouteCalls.HandlerOf(call) is not { } handler || RouteCalls.BodyOf(handler) is not { } body
            || !RouteCalls.VerbsOf(call).Any(static verb => verb is "GET" or "HEAD"))
            return;
        var writes = WixWrites.In(body, scope.Wix).ToList();
        if (writes.Count == 0
            || (!scope.Asked(RouteCalls.MethodOf(handler)).Any() && scope.Routes.Around(call).State != GuardState.Elevated))
            return;
        foreach (var (operation, name) in writes)
            Report(context, operation, name, $"'{RouteCalls.PatternOf(call) ?? call.TargetMethod.Name}'");
    }

    private static void Report(OperationAnalysisContext context, IOperation operation, string write, string endpoint,
        bool canBePost = false)
    {
        var properties = ImmutableDictionary<string, string?>.Empty;
        if (canBePost)
            properties = properties.Add(CanBePostProperty, "");
        context.ReportDiagnostic(Diagnostic.Create(GuardRules.WriteInGet, operation.Syntax.GetLocation(), properties, write, endpoint));
    }
}
