using Endpoints.Shared.Lock;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Lock;

/// <summary>
/// Holds the symbols of the code itself that elevate or lift guards wherever they are used: helpers, delegates, fields, attributes and
/// conventions.
/// </summary>
/// <remarks>
/// Each use is an entry of the lock. Otherwise, a helper that is already in the lock could guard or open any endpoint that is passed to it.
/// </remarks>
internal sealed class GuardCarriers(Compilation compilation, IMethodSymbol? entryPoint)
{
    private readonly Dictionary<ISymbol, string> _kinds = new(SymbolEqualityComparer.Default);

    // Parameters that are handed one of them.
    private readonly Dictionary<IParameterSymbol, string> _handed = new(SymbolEqualityComparer.Default);

    /// <summary>Gets the number of symbols.</summary>
    public int Count => _kinds.Count + _handed.Count;

    /// <summary>Returns the effect of using a symbol, or <see langword="null"/> if it has none.</summary>
    public string? Of(ISymbol? symbol)
    {
        if (symbol is IMethodSymbol { ReducedFrom: { } reduced })
            symbol = reduced;
        return symbol is not null && _kinds.TryGetValue(symbol.OriginalDefinition, out var kind) ? kind : null;
    }

    /// <summary>Returns the effect that an operation has by using one of the symbols, or <see langword="null"/> if it has none.</summary>
    public string? Of(IOperation operation) => operation switch
    {
        IInvocationOperation call =>
            Of(call.TargetMethod) ?? call.TargetMethod.TypeArguments.Select(Of).FirstOrDefault(static kind => kind is not null),
        IMethodReferenceOperation reference =>
            Of(reference.Method) ?? reference.Method.TypeArguments.Select(Of).FirstOrDefault(static kind => kind is not null),
        IObjectCreationOperation creation =>
            Of(creation.Constructor)
                ?? Of(creation.Type) ?? UnnamedCalls.Of(creation).Select(Of).FirstOrDefault(static kind => kind is not null),
        ITypeOfOperation type => Of(type.TypeOperand),
        IMemberReferenceOperation member => Of(member.Member),
        ILocalReferenceOperation local => Of(local.Local),
        IConversionOperation conversion => Of(conversion.OperatorMethod),
        IBinaryOperation binary =>
            Of(binary.OperatorMethod) ?? UnnamedCalls.Of(binary).Select(Of).FirstOrDefault(static kind => kind is not null),
        IUnaryOperation unary => Of(unary.OperatorMethod),
        ICompoundAssignmentOperation assignment => Of(assignment.OperatorMethod),
        IIncrementOrDecrementOperation increment => Of(increment.OperatorMethod),
        _ => UnnamedCalls.Of(operation).Select(Of).FirstOrDefault(static kind => kind is not null),
    };

    /// <summary>Adds the symbols that keep what a parameter is handed.</summary>
    public void Follow(IOperation operation)
    {
        if (operation is not IParameterReferenceOperation { Parameter: var parameter }
            || !_handed.TryGetValue(parameter.OriginalDefinition, out var kind))
            return;
        while (operation.Parent is IConversionOperation or IDelegateCreationOperation)
            operation = operation.Parent;
        switch (operation.Parent)
        {
            case IAssignmentOperation assignment when assignment.Value == operation:
                foreach (var target in Targets(assignment.Target))
                    Carry(target, kind);
                break;
            case IArgumentOperation argument:
                Hand(argument, kind);
                break;
        }
    }

    /// <summary>Adds a type or method of the code itself.</summary>
    public void Add(ISymbol symbol, string kind) => Carry(symbol, kind);

    /// <summary>Adds the symbols that contain an operation: the method, the field or property, the variable that holds its value.</summary>
    public void AddAround(IOperation operation, string kind)
    {
        var flows = true;
        var at = operation;
        for (; at.Parent is { } parent; at = parent)
        {
            switch (parent)
            {
                case IVariableDeclaratorOperation declarator when flows:
                    Carry(declarator.Symbol, kind);
                    break;
                case IVariableDeclarationOperation declaration when flows:
                    foreach (var declarator in declaration.Declarators)
                        Carry(declarator.Symbol, kind);
                    break;
                case IArgumentOperation argument when flows:
                    Hand(argument, kind);
                    // A lambda that is handed to a call is mostly no value of what the call gives.
                    flows = !IsLambda(at) || GivesBack(argument);
                    break;
                case IAssignmentOperation assignment when flows && assignment.Value == at:
                    foreach (var target in Targets(assignment.Target))
                        Carry(target, kind);
                    break;
                case IEventAssignmentOperation assignment when flows:
                    Carry(Target(assignment.EventReference), kind);
                    break;
                case ILocalFunctionOperation function:
                    Carry(function.Symbol, kind);
                    flows = false;
                    break;
                case IExpressionStatementOperation:
                    flows = false;
                    break;
                case IAnonymousFunctionOperation:
                    flows = true;
                    break;
            }
        }

        switch (at)
        {
            case IFieldInitializerOperation initializer:
                foreach (var field in initializer.InitializedFields)
                    Carry(field, kind);
                break;
            case IPropertyInitializerOperation initializer:
                foreach (var property in initializer.InitializedProperties)
                    Carry(property, kind);
                break;
            default:
                CarryMember(MemberAround(operation), kind);
                break;
        }
    }

    /// <summary>Returns the method, property, field or type that contains the code.</summary>
    public static ISymbol? MemberAround(IOperation operation) =>
        operation.SemanticModel is { } model ? Member(model.GetEnclosingSymbol(operation.Syntax.SpanStart)) : null;

    /// <summary>Returns the member that a symbol is, or is a part of.</summary>
    public static ISymbol? Member(ISymbol? symbol)
    {
        while (symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction } or ILocalSymbol
            or IParameterSymbol or ITypeParameterSymbol)
            symbol = symbol.ContainingSymbol;
        return symbol is IMethodSymbol { AssociatedSymbol: { } associated } ? associated : symbol;
    }

    private void CarryMember(ISymbol? member, string kind)
    {
        if (member is null or INamespaceOrTypeSymbol || SymbolEqualityComparer.Default.Equals(member, entryPoint))
            return;
        Carry(member, kind);
        for (var at = (member as IMethodSymbol)?.OverriddenMethod; at is not null; at = at.OverriddenMethod)
            CarryCalled(at, member, kind);
        foreach (var face in member.ContainingType.AllInterfaces)
        {
            foreach (var called in face.GetMembers())
            {
                if (SymbolEqualityComparer.Default.Equals(member.ContainingType.FindImplementationForInterfaceMember(called), member))
                    CarryCalled(called, member, kind);
            }
        }
    }

    // Through what a member is called as well. What others call is called wherever the type is handed to them.
    private void CarryCalled(ISymbol called, ISymbol member, string kind)
    {
        if (SymbolEqualityComparer.Default.Equals(called.ContainingAssembly, compilation.Assembly))
            Carry(called, kind);
        else
            Carry(member.ContainingType, kind);
    }

    private void Carry(ISymbol? symbol, string kind)
    {
        if (symbol is null)
            return;
        symbol = symbol.OriginalDefinition;
        if (!_kinds.TryGetValue(symbol, out var known) || (known != kind && kind == LockedEndpoint.Elevates))
            _kinds[symbol] = kind;
    }

    private static ISymbol? Target(IOperation target) => target switch
    {
        ILocalReferenceOperation local => local.Local,
        IMemberReferenceOperation member when SymbolEqualityComparer.Default.Equals(member.Member.ContainingAssembly,
            target.SemanticModel?.Compilation.Assembly) => member.Member,
        _ => null,
    };

    private static IEnumerable<ISymbol?> Targets(IOperation target) => target switch
    {
        ITupleOperation tuple => tuple.Elements.SelectMany(Targets),
        IDeclarationExpressionOperation declaration => Targets(declaration.Expression),
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } list } when Target(target) is null => [Target(list)],
        IArrayElementReferenceOperation element => [Target(element.ArrayReference)],
        _ => [Target(target)],
    };

    // What is handed to a list is in it, and what is handed to a method of the code itself is wherever that keeps it.
    private void Hand(IArgumentOperation argument, string kind)
    {
        if (argument is not { Parameter: { } parameter, Parent: IInvocationOperation call })
            return;
        if (call.Instance is { Type: not { Name: "IServiceCollection" or "ServiceCollection" } } list
            && call.TargetMethod.OriginalDefinition.Parameters[parameter.Ordinal].Type
                is ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Type })
            Carry(Target(Conversions.Unwrapped(list)), kind);
        if (SymbolEqualityComparer.Default.Equals(parameter.ContainingAssembly, compilation.Assembly))
            _handed[parameter.OriginalDefinition] = kind;
    }

    // An object has what it is made of; a list, what its initializer adds; and a call may give a delegate back.
    private static bool GivesBack(IArgumentOperation argument) => argument.Parent switch
    {
        IObjectCreationOperation => true,
        IInvocationOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } } => true,
        IInvocationOperation call => call.Type?.TypeKind == TypeKind.Delegate,
        _ => false,
    };

    private static bool IsLambda(IOperation value) => value switch
    {
        IConversionOperation conversion => IsLambda(conversion.Operand),
        IDelegateCreationOperation creation => IsLambda(creation.Target),
        _ => value is IAnonymousFunctionOperation,
    };
}
