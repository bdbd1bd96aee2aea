using Endpoints.Wix.Analyzers.Routes;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Guards;

/// <summary>Finds objects of one request that are kept by objects that outlive it.</summary>
/// <remarks>Objects that may live longer, but need not, are covered by <see cref="ElevationOutlivesRequestAnalyzer"/>.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class RequestKeptAnalyzer() : GuardAnalyzer(GuardRules.CallerKept, GuardRules.ClientKept)
{
    private protected override void Start(CompilationStartAnalysisContext context, GuardScope scope)
    {
        var bound = new RequestBound();
        context.RegisterSymbolAction(symbol => OnType((INamedTypeSymbol)symbol.Symbol, bound, symbol.ReportDiagnostic),
            SymbolKind.NamedType);
        context.RegisterSymbolAction(symbol => OnStatic(symbol, scope), SymbolKind.Field, SymbolKind.Property);
        context.RegisterOperationAction(operation => OnAssignment(operation, scope), OperationKind.SimpleAssignment,
            OperationKind.CoalesceAssignment);
        context.RegisterOperationAction(
            operation =>
            {
                var call = (IInvocationOperation)operation.Operation;
                KeptByServices.OnRegistration(operation, call.TargetMethod, call.Arguments, bound);
                KeptByServices.OnOptions(operation, call.TargetMethod);
            },
            OperationKind.Invocation);
        context.RegisterOperationAction(
            operation =>
            {
                var creation = (IObjectCreationOperation)operation.Operation;
                if (creation.Constructor is { ContainingType.Name: "ServiceDescriptor" } constructor)
                    KeptByServices.OnRegistration(operation, constructor, creation.Arguments, bound);
            },
            OperationKind.ObjectCreation);
    }

    private static void OnType(INamedTypeSymbol type, RequestBound bound, Action<Diagnostic> report)
    {
        if (LongLived.NatureOf(type) is not { } nature)
            return;
        var isTaken = false;
        foreach (var parameter in type.InstanceConstructors.Where(static constructor => !constructor.IsImplicitlyDeclared)
            .SelectMany(static constructor => constructor.Parameters))
        {
            if (bound.TakenBy(parameter) is { } taken)
            {
                isTaken = true;
                Report(report, PlaceOf(parameter, type), type.Name, taken, nature);
            }
        }
        if (isTaken)
            return;
        foreach (var member in type.GetMembers())
        {
            if (member is IFieldSymbol { IsStatic: false } field && RequestBound.Name(field.Type) is { } kept)
                Report(report, PlaceOf(field.AssociatedSymbol ?? field, type), type.Name, kept, nature);
        }
    }

    // What may also be elevated is reported as such.
    private static void OnStatic(SymbolAnalysisContext context, GuardScope scope)
    {
        var type = context.Symbol switch
        {
            IFieldSymbol { IsStatic: true, IsImplicitlyDeclared: false } field => field.Type,
            IPropertySymbol { IsStatic: true } property when property.ContainingType.GetMembers().OfType<IFieldSymbol>()
                .Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property)) => property.Type,
            _ => null,
        };
        if (type is not null && RequestBound.Name(type) is { } kept && !scope.Wix.IsElevated(type))
            Report(context.ReportDiagnostic, PlaceOf(context.Symbol, context.Symbol.ContainingType), context.Symbol.Name, kept,
                "a static member");
    }

    private static void OnAssignment(OperationAnalysisContext context, GuardScope scope)
    {
        var assignment = (IAssignmentOperation)context.Operation;
        if (assignment.Target is not IMemberReferenceOperation { Member: { IsStatic: true } member }
            || assignment.Target is IEventReferenceOperation || RequestBound.IsOne(assignment.Target.Type))
            return;
        var value = Conversions.Unwrapped(assignment.Value);
        if (value.Type is { } type && RequestBound.Name(type) is { } kept && !scope.Wix.IsElevated(type)
            && !(value is IPropertyReferenceOperation { Instance.Type: var owner } && scope.Wix.IsElevated(owner)))
        {
            Report(context.ReportDiagnostic, assignment.Target.Syntax.GetLocation(), member.Name, kept, "a static member");
        }
    }

    private static Location? PlaceOf(ISymbol symbol, INamedTypeSymbol type) =>
        symbol.Locations.Concat(type.Locations).FirstOrDefault(static location => location.IsInSource);

    /// <summary>Reports an object that is kept, and the class that keeps it.</summary>
    /// <remarks>
    /// A caller is a fixed state, whereas a client determines its caller on each call. A typed client lives as long as the object that
    /// requested it.
    /// </remarks>
    public static void Report(Action<Diagnostic> report, Location? place, string name, string taken, string nature)
    {
        var isState = taken.Split(' ')[0] is "Caller" or "WixInstallation" or "ElevationCheckContext"
            && nature != KeptByServices.TypedClient;
        if (place is not null)
            report(Diagnostic.Create(isState ? GuardRules.CallerKept : GuardRules.ClientKept, place, name, taken, nature));
    }
}
