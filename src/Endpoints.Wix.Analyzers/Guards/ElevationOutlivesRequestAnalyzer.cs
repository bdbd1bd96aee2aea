using Endpoints.Wix.Analyzers.Routes;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Guards;

/// <summary>Finds elevation that is kept in a field or property, or by work that the handler does not await.</summary>
/// <remarks>
/// The framework creates an instance of an endpoint file's class or a controller for each request, so these instances may keep elevation.
/// Any other class may live longer, or be passed to code that does. Classes that certainly live longer are reported by
/// <see cref="RequestKeptAnalyzer"/>.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ElevationOutlivesRequestAnalyzer() : GuardAnalyzer(GuardRules.ElevationStored, GuardRules.ElevationCaptured)
{
    private protected override void Start(CompilationStartAnalysisContext context, GuardScope scope)
    {
        context.RegisterSymbolAction(symbol => OnMember(symbol, scope), SymbolKind.Field, SymbolKind.Property);
        context.RegisterOperationAction(operation => OnAssignment(operation, scope), OperationKind.SimpleAssignment,
            OperationKind.CoalesceAssignment);
        context.RegisterOperationAction(operation => OnCall(operation, scope), OperationKind.Invocation, OperationKind.ObjectCreation);
        context.RegisterOperationAction(operation => OnEvent(operation, scope), OperationKind.EventAssignment);
        context.RegisterOperationAction(operation => OnUnawaited(operation, scope), OperationKind.ExpressionStatement);

        // A primary constructor's parameter that a member uses is a field without a name: reported once, where it is declared.
        context.RegisterSymbolStartAction(
            start =>
            {
                var type = (INamedTypeSymbol)start.Symbol;
                if (type.InstanceConstructors.All(
                    constructor => constructor.Parameters.All(parameter => !scope.Wix.IsElevated(parameter.Type)))
                    || scope.Handlers.IsPerRequest(type) || LongLived.NatureOf(type) is not null)
                    return;
                var captured =
                    new System.Collections.Concurrent.ConcurrentDictionary<IParameterSymbol, bool>(SymbolEqualityComparer.Default);
                start.RegisterOperationAction(
                    operation =>
                    {
                        var parameter = ((IParameterReferenceOperation)operation.Operation).Parameter;
                        if (parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor }
                            && scope.Wix.IsElevated(parameter.Type)
                            && operation.ContainingSymbol is IMethodSymbol { MethodKind: not MethodKind.Constructor })
                        {
                            captured[parameter] = true;
                        }
                    },
                    OperationKind.ParameterReference);
                start.RegisterSymbolEndAction(end =>
                {
                    foreach (var parameter in captured.Keys)
                        Report(end.ReportDiagnostic, parameter, parameter.Type);
                });
            },
            SymbolKind.NamedType);
    }

    private static void OnMember(SymbolAnalysisContext context, GuardScope scope)
    {
        var type = context.Symbol switch
        {
            IFieldSymbol { IsImplicitlyDeclared: false } field => field.Type,
            IPropertySymbol { IsIndexer: false } property when IsStored(property) => property.Type,
            _ => null,
        };
        if (type is not null && scope.Wix.IsElevated(type)
            && (context.Symbol.IsStatic
                || (!IsShortLived(context.Symbol.ContainingType, scope) && LongLived.NatureOf(context.Symbol.ContainingType) is null)))
            Report(context.ReportDiagnostic, context.Symbol, type);
    }

    // Whatever the member's own type: object, or the delegate that auth.Elevate gives.
    private static void OnAssignment(OperationAnalysisContext context, GuardScope scope)
    {
        var assignment = (IAssignmentOperation)context.Operation;
        if (assignment.Target is not (IFieldReferenceOperation or IPropertyReferenceOperation)
            || assignment.Target is not IMemberReferenceOperation { Member: var member }
            || scope.Wix.IsElevated(assignment.Target.Type))
        {
            return;
        }
        if (ElevatedReferences.Given(assignment.Value, scope.Wix) is { } elevated
            && (member.IsStatic || !IsShortLived(member.ContainingType, scope)))
            context.ReportDiagnostic(
                Diagnostic.Create(GuardRules.ElevationStored, assignment.Target.Syntax.GetLocation(), member.Name, elevated));
    }

    private static void OnCall(OperationAnalysisContext context, GuardScope scope)
    {
        var (method, arguments) = context.Operation is IInvocationOperation call
            ? (call.TargetMethod, call.Arguments)
            : (((IObjectCreationOperation)context.Operation).Constructor, ((IObjectCreationOperation)context.Operation).Arguments);
        if (method is null)
            return;
        if (LaterWork.NameOf(method) is { } work)
        {
            foreach (var argument in arguments)
                ReportCaptured(context, argument.Value, work, scope);
        }
        else if (LaterWork.IsQueue(method))
        {
            foreach (var argument in arguments)
                ReportHandedOver(context, argument.Value, method.Name, scope);
        }
    }

    // _ = FillAsync(channel, wix);
    private static void OnUnawaited(OperationAnalysisContext context, GuardScope scope)
    {
        var value = ((IExpressionStatementOperation)context.Operation).Operation;
        if (value is ISimpleAssignmentOperation { Target: IDiscardOperation, Value: var discarded })
            value = Conversions.Unwrapped(discarded);
        if (value is not IInvocationOperation call || !LaterWork.IsTask(call.Type) || LaterWork.NameOf(call.TargetMethod) is not null
            || LaterWork.IsQueue(call.TargetMethod))
            return;
        if (NameIn(call, call) is { } used)
            Report(used.Operation, used.Name);
        // A local function reaches what is around it.
        else if (call.TargetMethod.MethodKind == MethodKind.LocalFunction && Functions.BodyOf(call) is { } body
            && NameIn(body, body) is { } held)
            Report(call, held.Name);

        (IOperation Operation, string Name)? NameIn(IOperation place, IOperation work)
        {
            foreach (var operation in place.Descendants())
            {
                if (IsOfRequest(operation, scope) && ElevatedReferences.Captured(operation, work, scope.Wix) is { } name)
                    return (operation, name);
            }

            return null;
        }

        void Report(IOperation operation, string name) => context.ReportDiagnostic(Diagnostic.Create(
            GuardRules.ElevationCaptured, operation.Syntax.GetLocation(), name, "a call that nothing awaits"));
    }

    // A test's mock, in a local or in its class, is nobody's elevation.
    private static bool IsOfRequest(IOperation operation, GuardScope scope) => operation switch
    {
        IParameterReferenceOperation => true,
        ILocalReferenceOperation { Local: var local } => !scope.Wix.IsElevated(local.Type),
        IMemberReferenceOperation { Member.ContainingType: { } type } => scope.Handlers.IsPerRequest(type),
        _ => false,
    };

    // Work for somebody else's queue: what is passed on or used by what is passed on, and not what was called to make it.
    private static void ReportHandedOver(OperationAnalysisContext context, IOperation handedOver, string work, GuardScope scope)
    {
        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in handedOver.DescendantsAndSelf())
        {
            if (ElevatedReferences.Captured(operation, handedOver, scope.Wix) is { } name && IsKept(operation, handedOver)
                && reported.Add(name))
                context.ReportDiagnostic(Diagnostic.Create(GuardRules.ElevationCaptured, operation.Syntax.GetLocation(), name, work));
        }
    }

    private static bool IsKept(IOperation operation, IOperation handedOver)
    {
        var isPassed = true;
        for (var at = operation; at is not null && at != handedOver.Parent; at = at.Parent)
        {
            if (at is IAnonymousFunctionOperation or IDelegateCreationOperation)
                return true;
            isPassed &= at == operation || at is IConversionOperation or IObjectCreationOperation or IArgumentOperation or ITupleOperation
                or IAnonymousObjectCreationOperation or ISimpleAssignmentOperation or IArrayCreationOperation or IArrayInitializerOperation
                or IObjectOrCollectionInitializerOperation;
        }

        return isPassed;
    }

    private static void OnEvent(OperationAnalysisContext context, GuardScope scope)
    {
        var assignment = (IEventAssignmentOperation)context.Operation;
        if (assignment.Adds && assignment.EventReference is IEventReferenceOperation { Event.Name: var name })
            ReportCaptured(context, assignment.HandlerValue, $"the event {name}", scope);
    }

    private static void ReportCaptured(OperationAnalysisContext context, IOperation handedOver, string work, GuardScope scope)
    {
        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in handedOver.DescendantsAndSelf())
        {
            // What the work declares for itself is its own affair.
            if (ElevatedReferences.Captured(operation, handedOver, scope.Wix) is { } name && reported.Add(name))
                context.ReportDiagnostic(Diagnostic.Create(GuardRules.ElevationCaptured, operation.Syntax.GetLocation(), name, work));
        }
    }

    // A struct is what holds a call's parameters: [AsParameters].
    private static bool IsShortLived(INamedTypeSymbol? type, GuardScope scope) =>
        type is null || type.IsValueType || scope.Handlers.IsPerRequest(type);

    private static bool IsStored(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>()
            .Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    private static void Report(Action<Diagnostic> report, ISymbol kept, ITypeSymbol type)
    {
        if (kept.Locations.FirstOrDefault(static location => location.IsInSource) is { } place)
            report(Diagnostic.Create(GuardRules.ElevationStored, place, kept.Name,
                type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
    }
}
