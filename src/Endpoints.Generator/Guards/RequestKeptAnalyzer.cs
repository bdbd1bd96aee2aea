using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Generator.Guards;

/// <summary>Finds what belongs to one request in the hands of what outlives it.</summary>
/// <remarks>What may live longer, but need not, is another rule's: <see cref="ElevationOutlivesRequestAnalyzer"/>.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class RequestKeptAnalyzer() : GuardAnalyzer(GuardRules.CallerKept, GuardRules.ClientKept)
{
    private const string TypedClient = "a typed HTTP client, which is soon kept by something that outlives the request";

    private static readonly HashSet<string> Locators = new(StringComparer.Ordinal)
    {
        "GetService", "GetRequiredService", "GetKeyedService", "GetRequiredKeyedService", "GetServices", "CreateInstance", "GetServiceOrCreateInstance",
    };

    private protected override void Start(CompilationStartAnalysisContext context, GuardScope scope)
    {
        var bound = new RequestBound();
        context.RegisterSymbolAction(symbol => OnType((INamedTypeSymbol)symbol.Symbol, bound, symbol.ReportDiagnostic), SymbolKind.NamedType);
        context.RegisterSymbolAction(symbol => OnStatic(symbol, scope), SymbolKind.Field, SymbolKind.Property);
        context.RegisterOperationAction(operation => OnAssignment(operation, scope), OperationKind.SimpleAssignment, OperationKind.CoalesceAssignment);
        context.RegisterOperationAction(
            operation =>
            {
                var call = (IInvocationOperation)operation.Operation;
                OnRegistration(operation, call.TargetMethod, call.Arguments, bound);
                OnOptions(operation, call.TargetMethod);
            },
            OperationKind.Invocation);
        context.RegisterOperationAction(
            operation =>
            {
                var creation = (IObjectCreationOperation)operation.Operation;
                if (creation.Constructor is { ContainingType.Name: "ServiceDescriptor" } constructor)
                    OnRegistration(operation, constructor, creation.Arguments, bound);
            },
            OperationKind.ObjectCreation);
    }

    private static void OnType(INamedTypeSymbol type, RequestBound bound, Action<Diagnostic> report)
    {
        if (LongLived.NatureOf(type) is not { } nature)
            return;
        var isTaken = false;
        foreach (var parameter in type.InstanceConstructors.Where(static constructor => !constructor.IsImplicitlyDeclared).SelectMany(static constructor => constructor.Parameters))
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
            Report(context.ReportDiagnostic, PlaceOf(context.Symbol, context.Symbol.ContainingType), context.Symbol.Name, kept, "a static member");
    }

    private static void OnAssignment(OperationAnalysisContext context, GuardScope scope)
    {
        var assignment = (IAssignmentOperation)context.Operation;
        if (assignment.Target is not IMemberReferenceOperation { Member: { IsStatic: true } member } || assignment.Target is IEventReferenceOperation || RequestBound.IsOne(assignment.Target.Type))
            return;
        var value = Unwrapped(assignment.Value);
        if (value.Type is { } type && RequestBound.Name(type) is { } kept && !scope.Wix.IsElevated(type)
            && !(value is IPropertyReferenceOperation { Instance.Type: var owner } && scope.Wix.IsElevated(owner)))
        {
            Report(context.ReportDiagnostic, assignment.Target.Syntax.GetLocation(), member.Name, kept, "a static member");
        }
    }

    private static void OnRegistration(OperationAnalysisContext context, IMethodSymbol method, IEnumerable<IArgumentOperation> arguments, RequestBound bound)
    {
        var isTypedClient = LongLived.MakesTypedClient(method);
        var given = arguments as IReadOnlyCollection<IArgumentOperation> ?? [.. arguments];
        var nature = isTypedClient ? TypedClient
            : LongLived.TakesFilter(method) && given.Any(static argument => Unwrapped(argument.Value) is IObjectCreationOperation) ? LongLived.Filter
            : LongLived.RegisteredBy(method, given.Any(IsSingletonLifetime));
        if (nature is null)
            return;

        var isMadeByLambda = false;
        foreach (var argument in given)
        {
            if (Unwrapped(argument.Value) is not IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } || !Returns(argument))
                continue;
            isMadeByLambda = true;
            foreach (var call in lambda.Body.Descendants().OfType<IInvocationOperation>().Where(static call => Locators.Contains(call.TargetMethod.Name)))
            {
                if (Located(call) is { } asked && (RequestBound.Name(asked) ?? (asked is INamedTypeSymbol own ? bound.TakenBy(own) : null)) is { } taken)
                    Report(context.ReportDiagnostic, call.Syntax.GetLocation(), (lambda.Symbol.ReturnType as INamedTypeSymbol)?.Name ?? "it", taken, nature);
            }
        }
        if (isMadeByLambda)
            return;

        // The last type is what is made: AddSingleton<IStore, Store>(), AddSingleton(typeof(IStore), typeof(Store)), AddSingleton<IStore>(new Store(...)).
        var made = given.Select(static argument => Unwrapped(argument.Value)).Select(static value => value switch
        {
            ITypeOfOperation type => type.TypeOperand,
            IObjectCreationOperation creation => creation.Type,
            _ => null,
        }).LastOrDefault(static type => type is not null) ?? method.TypeArguments.LastOrDefault();
        if (made is not INamedTypeSymbol named)
            return;
        if ((RequestBound.Name(named) ?? (LongLived.NatureOf(named) is null ? bound.TakenBy(named.OriginalDefinition) : null)) is { } takes)
            Report(context.ReportDiagnostic, PlaceOf(context.Operation), named.Name, takes, nature);
    }

    // services.AddOptions<Shop>().Configure<WixClient>((shop, wix) => ...)
    private static void OnOptions(OperationAnalysisContext context, IMethodSymbol method)
    {
        if (method is { Name: "Configure" or "PostConfigure" or "Validate", ContainingType: { Name: "OptionsBuilder", TypeArguments.Length: 1 } options }
            && method.TypeArguments.Select(RequestBound.Name).FirstOrDefault(static name => name is not null) is { } taken)
        {
            Report(context.ReportDiagnostic, PlaceOf(context.Operation), options.TypeArguments[0].Name, taken, "options, which are made once");
        }
    }

    private static bool IsSingletonLifetime(IArgumentOperation argument) =>
        argument.Value.Type?.Name == "ServiceLifetime" && argument.Value.ConstantValue is { HasValue: true, Value: 0 };

    // A factory, as opposed to what configures: it gives something back.
    private static bool Returns(IArgumentOperation argument) => argument.Parameter?.Type is INamedTypeSymbol { DelegateInvokeMethod.ReturnsVoid: false };

    private static ITypeSymbol? Located(IInvocationOperation call) =>
        call.TargetMethod.TypeArguments.Length == 1
            ? call.TargetMethod.TypeArguments[0]
            : call.Arguments.Select(static argument => argument.Value).OfType<ITypeOfOperation>().FirstOrDefault()?.TypeOperand;

    private static IOperation Unwrapped(IOperation value)
    {
        while (value is IConversionOperation { OperatorMethod: null } conversion)
            value = conversion.Operand;
        return value;
    }

    // AddSingleton<Store>(...) of services.AddSingleton<Store>(...).
    private static Location PlaceOf(IOperation call) => call.Syntax is Microsoft.CodeAnalysis.CSharp.Syntax.InvocationExpressionSyntax
    {
        Expression: Microsoft.CodeAnalysis.CSharp.Syntax.MemberAccessExpressionSyntax member,
    } ? member.Name.GetLocation() : call.Syntax.GetLocation();

    private static Location? PlaceOf(ISymbol symbol, INamedTypeSymbol type) => symbol.Locations.Concat(type.Locations).FirstOrDefault(static location => location.IsInSource);

    // A caller is what it was; a client finds out at each call for whom it speaks. A typed client lives as long as who asks for it.
    private static void Report(Action<Diagnostic> report, Location? place, string name, string taken, string nature)
    {
        var isState = taken.Split(' ')[0] is "Caller" or "WixInstallation" or "ElevationCheckContext" && nature != TypedClient;
        if (place is not null)
            report(Diagnostic.Create(isState ? GuardRules.CallerKept : GuardRules.ClientKept, place, name, taken, nature));
    }
}
