using Endpoints.Shared.Handlers;
using Endpoints.Wix.Analyzers.Requests;
using Endpoints.Wix.Analyzers.Routes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Guards;

/// <summary>Finds elevated endpoints that let the client name the site or instance (the confused deputy problem).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class RequestedIdentityAnalyzer() : GuardAnalyzer(GuardRules.RequestedIdentity)
{
    private static readonly HashSet<string> Collections = new(StringComparer.Ordinal)
    {
        "Microsoft.AspNetCore.Http.IHeaderDictionary", "Microsoft.AspNetCore.Http.IQueryCollection",
        "Microsoft.AspNetCore.Http.IFormCollection",
        "Microsoft.AspNetCore.Routing.RouteValueDictionary",
    };

    private protected override void Start(CompilationStartAnalysisContext context, GuardScope scope)
    {
        context.RegisterSymbolAction(symbol => OnType(symbol, scope), SymbolKind.NamedType);
        context.RegisterOperationAction(operation => OnRoute(operation, scope), OperationKind.Invocation);
        context.RegisterOperationAction(operation => OnIndexer(operation, scope), OperationKind.PropertyReference);
    }

    private static void OnType(SymbolAnalysisContext context, GuardScope scope)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind != TypeKind.Class)
            return;
        var isElevated = false;
        foreach (var endpoint in scope.Handlers.Of(type))
        {
            if (!scope.IsElevated(endpoint))
                continue;
            isElevated = true;
            Check(endpoint.Method, endpoint.BindsBody, context.ReportDiagnostic);
        }
        if (!isElevated)
            return;

        foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
        {
            if (property.GetAttributes()
                .Any(static attribute => attribute.AttributeClass?.Name is { } name
                    && (name == "BindPropertyAttribute" || name.StartsWith("From", StringComparison.Ordinal)))
                && RequestedIds.In(property, property.Type, bindsBody: true) is { } found)
            {
                Report(context.ReportDiagnostic, property, found);
            }
        }
    }

    private static void OnRoute(OperationAnalysisContext context, GuardScope scope)
    {
        var call = (IInvocationOperation)context.Operation;
        if (RouteCalls.HandlerOf(call) is not { } handler || !IsElevated(call, handler, scope))
            return;
        var bindsBody = RouteCalls.VerbsOf(call).Any(static verb => verb is "POST" or "PUT" or "PATCH" or Verbs.All);
        Check(RouteCalls.MethodOf(handler), bindsBody, context.ReportDiagnostic);
    }

    // request.Headers["wix-site-id"]
    private static void OnIndexer(OperationAnalysisContext context, GuardScope scope)
    {
        if (context.Operation is not IPropertyReferenceOperation { Property.IsIndexer: true, Arguments.Length: 1 } indexer
            || indexer.Arguments[0].Value.ConstantValue is not { HasValue: true, Value: string name }
            || !RequestedIds.IsName(name) || indexer.Instance?.Type is not { } type || !Collections.Contains(type.ToDisplayString()))
        {
            return;
        }
        if (indexer.Parent is IAssignmentOperation assignment && assignment.Target == indexer)
            return;
        var isElevated = GuardScope.MappedAround(indexer) is { } route
            ? IsElevated(route, RouteCalls.HandlerOf(route)!, scope)
            : scope.Handlers.Of(context.ContainingSymbol) is { } endpoint && scope.IsElevated(endpoint);
        if (isElevated)
            context.ReportDiagnostic(Diagnostic.Create(GuardRules.RequestedIdentity, indexer.Syntax.GetLocation(), name));
    }

    private static bool IsElevated(IInvocationOperation call, IOperation handler, GuardScope scope) =>
        scope.Asked(RouteCalls.MethodOf(handler)).Any() || scope.Routes.Around(call).State == GuardState.Elevated;

    private static void Check(IMethodSymbol method, bool bindsBody, Action<Diagnostic> report)
    {
        foreach (var parameter in method.Parameters)
        {
            if (RequestedIds.In(parameter, parameter.Type, bindsBody) is { } found)
                Report(report, parameter, found);
        }
    }

    private static void Report(Action<Diagnostic> report, ISymbol symbol, string name)
    {
        if (symbol.Locations.FirstOrDefault(static location => location.IsInSource) is { } place)
            report(Diagnostic.Create(GuardRules.RequestedIdentity, place, name));
    }
}
