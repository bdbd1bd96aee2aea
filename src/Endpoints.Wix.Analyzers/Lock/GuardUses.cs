using Endpoints.Shared.Lock;
using Endpoints.Wix.Analyzers.Routes;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Lock;

/// <summary>Determines the effect of a single operation or declaration on guards.</summary>
internal sealed class GuardUses(GuardSymbols symbols)
{
    // Methods that only look at what is there.
    private static readonly HashSet<string> Reading = new(StringComparer.Ordinal)
    {
        "GetMetadata", "GetRequiredMetadata", "GetOrderedMetadata", "Contains", "IndexOf", "GetEnumerator", "CopyTo",
    };

    /// <summary>Returns the effect of an operation, or <see langword="null"/> if it has none.</summary>
    public string? Of(IOperation operation) => operation switch
    {
        IInvocationOperation call =>
            symbols.Of(call.TargetMethod) ?? Mentioned(call.TargetMethod)
                ?? (TakesServicesAway(call) || SetsEndpoint(call.TargetMethod) ? LockedEndpoint.Unguards : null),
        ILiteralOperation { ConstantValue.Value: string text } => GuardSymbols.InText(text),
        IMethodReferenceOperation reference => symbols.Of(reference.Method) ?? Mentioned(reference.Method),
        IObjectCreationOperation creation => symbols.Of(creation),
        IDynamicObjectCreationOperation creation => symbols.Of(creation.Type),
        ITypeOfOperation type => symbols.Of(type.TypeOperand) ?? symbols.OfReflected(type.TypeOperand),
        IDynamicMemberReferenceOperation member => GuardSymbols.Named(member.MemberName),
        IPropertyReferenceOperation property => OfProperty(property),
        IFieldReferenceOperation field =>
            symbols.Of(field.Field.IsStatic
                ? field.Field.ContainingType.TypeArguments.FirstOrDefault(argument => symbols.Of(argument) is not null) : null),
        _ => null,
    };

    /// <summary>Returns the effect of a type's declaration, or <see langword="null"/> if it has none.</summary>
    public string? Of(INamedTypeSymbol type) => symbols.Of(type);

    private string? OfProperty(IPropertyReferenceOperation property)
    {
        if (symbols.IsPlace(property.Property) && IsWritten(property))
            return symbols.IsSetting(property.Property) ? LockedEndpoint.Elevates : LockedEndpoint.Unguards;
        return (GuardSymbols.IsList(property.Property) && !IsHarmless(property))
            || (GuardSymbols.IsAnswer(property.Property) && !IsCompared(property)) ? LockedEndpoint.Unguards : null;
    }

    // Whether there is one, and not what it is.
    private static bool IsCompared(IPropertyReferenceOperation property) => property.Parent switch
    {
        INameOfOperation => true,
        IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } } =>
            true,
        IPropertySubpatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation }
            or IRecursivePatternOperation { DeclaredSymbol: null, PropertySubpatterns.IsEmpty: true } } => true,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } => true,
        IConversionOperation { Parent: IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } } =>
            true,
        _ => false,
    };

    private static bool IsWritten(IPropertyReferenceOperation property) =>
        property.Parent is IAssignmentOperation assignment && assignment.Target == property
        // new ElevateAttribute(...) { RateLimit = ... } is told by its creation.
        && assignment.Parent is not IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation }
        || property.Parent is ITupleOperation or IIncrementOrDecrementOperation;

    // Services that check or carry out guards, or any that can't be told.
    private static bool TakesServicesAway(IInvocationOperation call)
    {
        if (CallChain.On(call) is not { } on || Conversions.Unwrapped(on).Type is not { Name: "IServiceCollection" or "ServiceCollection" })
            return false;
        return call.TargetMethod.Name switch
        {
            "Clear" or "RemoveAt" or "Remove" or "Replace" => true,
            "RemoveAll" when call.TargetMethod.TypeArguments.Length == 1 =>
                call.TargetMethod.TypeArguments[0] is var service && (service is ITypeParameterSymbol || GuardSymbols.IsGuarding(service)),
            "RemoveAll" =>
                call.Arguments.Select(static argument => argument.Value).OfType<ITypeOfOperation>()
                    .FirstOrDefault()?.TypeOperand is not { } named || GuardSymbols.IsGuarding(named),
            _ => false,
        };
    }

    // The feature that holds the endpoint which routing has chosen, by its type.
    private static bool SetsEndpoint(IMethodSymbol method) =>
        method.Name == "Set" && method.TypeArguments.Length == 1 && GuardSymbols.HoldsEndpoint(method.TypeArguments[0]);

    // Type arguments: code that is handed a type may make one.
    private string? Mentioned(IMethodSymbol method)
    {
        if (Reading.Contains(method.Name) || method.ContainingAssembly?.Name == "System.Linq")
            return null;
        return method.TypeArguments.Concat(method.ContainingType?.TypeArguments ?? []).Select(symbols.Of)
            .FirstOrDefault(static kind => kind is not null);
    }

    // A list in which guards stand, that is looked at or gets something more which is known to lift none.
    private bool IsHarmless(IOperation list)
    {
        var parent = list.Parent;
        while (parent is IConversionOperation { OperatorMethod: null }
            or IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingAssembly.Name: "System.Linq" } })
            (list, parent) = (parent, parent.Parent);
        return parent switch
        {
            IInvocationOperation { TargetMethod.ContainingAssembly.Name: "System.Linq" } => true,
            IForEachLoopOperation loop => loop.Collection == list,
            ISpreadOperation => true,
            IPropertyReferenceOperation { Property: { Name: "Count" } } => true,
            IPropertyReferenceOperation { Property.IsIndexer: true } element => !IsWritten(element),
            IImplicitIndexerReferenceOperation element =>
                element.Parent is not IAssignmentOperation assignment || assignment.Target != element,
            IInvocationOperation call when call.Instance == list => Reading.Contains(call.TargetMethod.Name)
                || (call.TargetMethod.Name is "Add" or "AddService" && call.Arguments.All(argument => IsKnown(argument.Value))),
            _ => false,
        };
    }

    private bool IsKnown(IOperation value)
    {
        value = Conversions.Unwrapped(value);
        return value switch
        {
            ITypeOfOperation type => type.TypeOperand.TypeKind == TypeKind.Class,
            { ConstantValue.HasValue: true } => true,
            // What lifts a guard is found where it is made.
            IObjectCreationOperation or IAnonymousFunctionOperation or IDelegateCreationOperation or IArrayCreationOperation => true,
            { Type: { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Enum, SpecialType: not SpecialType.System_Object } type } =>
                type.IsSealed && type.TypeKind != TypeKind.TypeParameter && symbols.Of(type) is null,
            _ => false,
        };
    }
}
