using System.Collections.Immutable;
using Endpoints.Wix.Analyzers.Requests;
using Endpoints.Wix.Analyzers.Routes;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Guards;

/// <summary>Finds elevated endpoints that take a client's body without a validator for it.</summary>
/// <remarks>
/// FluentValidation validators run before every elevated handler, so one existing validator is enough. DataAnnotations attributes count
/// where the framework checks them: in MVC and on Razor Pages, and on minimal APIs and endpoint files of an application that calls
/// <c>AddValidation</c>.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class BodyWithoutValidatorAnalyzer() : GuardAnalyzer(GuardRules.BodyWithoutValidator)
{
    /// <summary>The name of the diagnostic property that contains the type to validate, for the code fix.</summary>
    public const string BodyProperty = "Body";

    private protected override void Start(CompilationStartAnalysisContext context, GuardScope scope)
    {
        if (scope.Validators is not { } validators)
            return;

        context.RegisterSymbolAction(symbol => OnType(symbol, scope, validators), SymbolKind.NamedType);
        context.RegisterOperationAction(operation => OnRoute(operation, scope, validators), OperationKind.Invocation);
    }

    private static void OnType(SymbolAnalysisContext context, GuardScope scope, Validators validators)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var takesProperties = false;
        foreach (var endpoint in scope.Handlers.WithRazorPages(type))
        {
            var takesBody = RequestBodies.AreIn(endpoint.Verbs);
            var bodies = RequestBodies.In(endpoint.Method, takesBody).ToList();
            if (!scope.IsElevated(endpoint, context.CancellationToken))
                continue;
            // A page's properties are bound for the handlers that take a body, a controller's for every action.
            takesProperties |= endpoint.Kind == EndpointKind.Action || (endpoint.Kind == EndpointKind.RazorPage && takesBody);
            foreach (var (symbol, body) in bodies)
                Check(symbol, body, endpoint.Method, $"{type.Name}.{endpoint.Method.Name}", endpoint.Kind != EndpointKind.Page);
        }
        if (!takesProperties)
            return;
        foreach (var property in RequestBodies.In(type))
            Check(property, property.Type, property, type.Name, isAction: true);

        void Check(ISymbol symbol, ITypeSymbol body, ISymbol member, string name, bool isAction)
        {
            if (IsUnchecked(body, isAction, scope, validators, context.CancellationToken)
                && (isAction || !IsAnnotated(body, scope, context.CancellationToken))
                && symbol.Locations.Concat(member.Locations).Concat(type.Locations)
                    .FirstOrDefault(static place => place.IsInSource) is { } place)
            {
                Report(context.ReportDiagnostic, place, name, body);
            }
        }
    }

    private static void OnRoute(OperationAnalysisContext context, GuardScope scope, Validators validators)
    {
        var call = (IInvocationOperation)context.Operation;
        if (RouteCalls.HandlerOf(call) is not { } handler)
            return;
        var method = RouteCalls.MethodOf(handler);
        var bodies = RequestBodies.In(method, RequestBodies.AreIn(RouteCalls.VerbsOf(call))).ToList();
        if (bodies.Count == 0 || (scope.Routes.Around(call).State != GuardState.Elevated && !scope.Asked(method).Any()))
            return;
        foreach (var (symbol, body) in bodies)
        {
            if (IsUnchecked(body, isAction: false, scope, validators, context.CancellationToken)
                && !IsAnnotated(body, scope, context.CancellationToken))
            {
                var place = handler is IAnonymousFunctionOperation
                    ? symbol.Locations.FirstOrDefault(static location => location.IsInSource) : null;
                Report(context.ReportDiagnostic, place ?? handler.Syntax.GetLocation(), RouteCalls.NameOf(call), body);
            }
        }
    }

    private static bool IsAnnotated(ITypeSymbol body, GuardScope scope, CancellationToken cancellationToken) =>
        RequestBodies.IsAnnotated(body) && scope.Services.Calls("AddValidation", cancellationToken);

    private static bool IsUnchecked(ITypeSymbol body, bool isAction, GuardScope scope, Validators validators,
        CancellationToken cancellationToken) =>
        !validators.Has(body, cancellationToken)
        && !(isAction && RequestBodies.IsAnnotated(Innermost(body)))
        && !scope.Services.Contains(body, cancellationToken);

    // What there is to write a validator of: an order, when several come in a list.
    private static ITypeSymbol Innermost(ITypeSymbol type)
    {
        for (var depth = 4; depth > 0 && Validators.ElementOf(type) is { } element && !RequestedIds.IsSimple(element); depth--)
            type = element;
        return type;
    }

    private static void Report(Action<Diagnostic> report, Location place, string name, ITypeSymbol body)
    {
        var type = Innermost(body).WithNullableAnnotation(NullableAnnotation.None);
        var properties = ImmutableDictionary<string, string?>.Empty.Add(
            BodyProperty, type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));
        report(Diagnostic.Create(GuardRules.BodyWithoutValidator, place, properties, name,
            type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
    }
}
