using System.Collections.Immutable;
using Endpoints.Wix.Analyzers.Routes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Guards;

/// <summary>Finds endpoints that request elevation without declaring who may call them.</summary>
/// <remarks>
/// Cases that the analyzer can't see (a group that another method guards, a service that a helper requests) are left to the exception at
/// run time.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ElevationWithoutGuardAnalyzer() : GuardAnalyzer(GuardRules.ElevationWithoutGuard)
{
    /// <summary>The name of the diagnostic property that contains the place for the guard: the class, the method, or the route.</summary>
    public const string PlaceProperty = "Place";

    private static readonly HashSet<string> Locators = new(StringComparer.Ordinal)
    {
        "GetService", "GetRequiredService", "GetKeyedService", "GetRequiredKeyedService", "GetServices", "CreateInstance",
        "GetServiceOrCreateInstance",
    };

    private protected override void Start(CompilationStartAnalysisContext context, GuardScope scope)
    {
        var mapped = scope.Mapped;
        context.RegisterSymbolAction(
            symbol => OnType((INamedTypeSymbol)symbol.Symbol, scope, mapped, symbol.ReportDiagnostic, symbol.CancellationToken),
            SymbolKind.NamedType);
        context.RegisterOperationAction(operation => OnInvocation(operation, scope, mapped), OperationKind.Invocation);
        context.RegisterOperationAction(
            operation => OnReference(operation, scope, mapped), OperationKind.FieldReference, OperationKind.PropertyReference,
            OperationKind.ParameterReference);
    }

    private static void OnType(INamedTypeSymbol type, GuardScope scope, MappedAsGroup mapped, Action<Diagnostic> report,
        CancellationToken cancellationToken)
    {
        if (type.TypeKind != TypeKind.Class)
            return;
        var endpoints = scope.Handlers.Of(type);
        foreach (var endpoint in endpoints)
        {
            if (endpoint.Elevate is not null)
                continue;
            foreach (var (parameter, asked) in scope.Asked(endpoint.Method))
            {
                if (!mapped.IsGuarded(endpoint.Kind, cancellationToken))
                    report(Diagnostic.Create(GuardRules.ElevationWithoutGuard, PlaceOf(parameter, type), On(PlaceFor(endpoint, scope)),
                        Name(endpoint), Name(asked)));
            }
        }

        // A class that takes it for some of its endpoints is looked at where they use it.
        if (endpoints.Length == 0 || endpoints.Any(static endpoint => endpoint.Elevate is not null))
            return;
        foreach (var (parameter, asked) in type.InstanceConstructors.SelectMany(scope.Asked))
        {
            if (!mapped.IsGuarded(endpoints[0].Kind, cancellationToken))
                report(Diagnostic.Create(GuardRules.ElevationWithoutGuard, PlaceOf(parameter, type), On("class"), $"'{type.Name}'",
                    Name(asked)));
        }
    }

    private static void OnInvocation(OperationAnalysisContext context, GuardScope scope, MappedAsGroup mapped)
    {
        var call = (IInvocationOperation)context.Operation;
        if (RouteCalls.HandlerOf(call) is { } handler)
        {
            OnRoute(call, handler, scope, context);
            return;
        }

        if (!Locators.Contains(call.TargetMethod.Name) || Located(call) is not { } asked || !scope.Wix.NeedsGuard(asked))
            return;
        if (GuardScope.MappedAround(call) is { } route)
        {
            if (IsUnguarded(route, RouteCalls.HandlerOf(route)!, scope))
                context.ReportDiagnostic(
                    Diagnostic.Create(GuardRules.ElevationWithoutGuard, call.Syntax.GetLocation(), On("route"), Name(route), Name(asked)));
        }
        else if (scope.Handlers.Of(context.ContainingSymbol) is { Elevate: null } endpoint
            && !mapped.IsGuarded(endpoint.Kind, context.CancellationToken))
            context.ReportDiagnostic(
                Diagnostic.Create(GuardRules.ElevationWithoutGuard, call.Syntax.GetLocation(), On(PlaceFor(endpoint, scope)),
                    Name(endpoint), Name(asked)));
    }

    private static void OnRoute(IInvocationOperation call, IOperation handler, GuardScope scope, OperationAnalysisContext context)
    {
        var asked = scope.Asked(RouteCalls.MethodOf(handler)).ToList();
        if (asked.Count == 0 || !IsUnguarded(call, handler, scope))
            return;
        foreach (var (parameter, type) in asked)
        {
            var place = handler is IAnonymousFunctionOperation ? PlaceOf(parameter, null) : handler.Syntax.GetLocation();
            context.ReportDiagnostic(Diagnostic.Create(GuardRules.ElevationWithoutGuard, place, On("route"), Name(call), Name(type)));
        }
    }

    // In a class that guards some of its endpoints, the others may hold what they don't use.
    private static void OnReference(OperationAnalysisContext context, GuardScope scope, MappedAsGroup mapped)
    {
        var (type, owner) = context.Operation switch
        {
            IFieldReferenceOperation field => (field.Type, field.Field.ContainingType),
            IPropertyReferenceOperation property => (property.Type, property.Property.ContainingType),
            IParameterReferenceOperation
            {
                Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor }
            } parameter =>
                (parameter.Type, constructor.ContainingType),
            _ => default,
        };
        if (owner is null || !scope.Wix.NeedsGuard(type) || scope.Handlers.Of(context.ContainingSymbol) is not { Elevate: null } endpoint
            || !SymbolEqualityComparer.Default.Equals(owner, endpoint.Class)
            || scope.Handlers.Of(endpoint.Class).All(static other => other.Elevate is null)
            || mapped.IsGuarded(endpoint.Kind, context.CancellationToken))
        {
            return;
        }
        context.ReportDiagnostic(
            Diagnostic.Create(GuardRules.ElevationWithoutGuard, context.Operation.Syntax.GetLocation(), On("method"), Name(endpoint),
                Name(type!)));
    }

    // A page is one thing to its callers; a controller is many.
    private static string PlaceFor(EndpointHandler endpoint, GuardScope scope) =>
        endpoint.Kind == EndpointKind.Page && scope.Handlers.Of(endpoint.Class).All(static other => other.Elevate is null)
            ? "class" : "method";

    private static ImmutableDictionary<string, string?> On(string place) =>
        ImmutableDictionary<string, string?>.Empty.Add(PlaceProperty, place);

    private static bool IsUnguarded(IInvocationOperation call, IOperation handler, GuardScope scope) =>
        !RouteCalls.MethodOf(handler).GetAttributes().Any(attribute => scope.Wix.IsElevate(attribute.AttributeClass))
        && scope.Routes.Around(call).State == GuardState.None;

    private static ITypeSymbol? Located(IInvocationOperation call) =>
        call.TargetMethod.TypeArguments.Length == 1
            ? call.TargetMethod.TypeArguments[0]
            : call.Arguments.Select(static argument => argument.Value).OfType<ITypeOfOperation>().FirstOrDefault()?.TypeOperand;

    private static Location PlaceOf(IParameterSymbol parameter, INamedTypeSymbol? type) =>
        parameter.Locations.Concat(type?.Locations ?? []).FirstOrDefault(static location => location.IsInSource) ?? Location.None;

    private static string Name(EndpointHandler endpoint) => $"'{endpoint.Class.Name}.{endpoint.Method.Name}'";

    private static string Name(IInvocationOperation call) => $"'{RouteCalls.NameOf(call)}'";

    private static string Name(ITypeSymbol type) =>
        type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat.RemoveMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));
}
