using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Calls;

/// <summary>Represents what code hands over that speaks for the app, so that the code that gets it can't tell.</summary>
/// <param name="Modules">The types of modules that are taken from the app's clients and handed over.</param>
/// <param name="ElevatesDelegates">Whether <c>auth.Elevate</c> is given something else than a method by its name.</param>
internal sealed record HandedOver(ISet<ISymbol> Modules, bool ElevatesDelegates)
{
    /// <summary>Reads all operations of a compilation.</summary>
    public static HandedOver In(IEnumerable<IOperation> operations, WixSymbols wix, Speakers speakers)
    {
        var modules = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var elevatesDelegates = false;
        foreach (var operation in operations)
        {
            if (operation is IPropertyReferenceOperation or IInvocationOperation or ILocalReferenceOperation
                && wix.IsModule(operation.Type) && !modules.Contains(operation.Type!) && IsGivenAway(operation)
                && speakers.OfOwn(operation) != Speaker.Caller)
            {
                modules.UnionWith(operation.Type.SelfAndBases().TakeWhile(wix.IsModule));
            }
            else if (wix.IsAuthElevate(operation))
            {
                elevatesDelegates |= ((IInvocationOperation)operation).Arguments.Any(static argument =>
                    Conversions.Unwrapped(argument.Value) is not IDelegateCreationOperation { Target: IMethodReferenceOperation });
            }
        }
        return new(modules, elevatesDelegates);
    }

    // Not if the code only goes on with it: calls a method of it, or keeps it in a variable.
    private static bool IsGivenAway(IOperation value)
    {
        while (value.Parent is IConversionOperation or IAwaitOperation or IParenthesizedOperation or ICoalesceOperation
            or IConditionalOperation)
            value = value.Parent;
        return value.Parent switch
        {
            IInvocationOperation call => call.Instance != value,
            IArgumentOperation { Parent: IInvocationOperation call } => !Libraries.IsOwn(call.TargetMethod.ContainingAssembly),
            IMemberReferenceOperation or IVariableInitializerOperation or IExpressionStatementOperation or IConditionalAccessOperation
                or INameOfOperation or null => false,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation } => false,
            _ => true,
        };
    }
}
