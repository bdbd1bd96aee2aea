using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>Finds the parts of a returned value that are produced only when the response is written.</summary>
internal static class Streams
{
    private const string Http = "Microsoft.AspNetCore.Http";
    private const int Depth = CallChain.Depth;

    /// <summary>Determines whether the values of a type are produced one at a time, on demand.</summary>
    public static bool Is(ITypeSymbol? type) => type is INamedTypeSymbol named
        && (named.OriginalDefinition.SpecialType is SpecialType.System_Collections_Generic_IEnumerable_T
            or SpecialType.System_Collections_IEnumerable
            || IsAsync(named) || named.AllInterfaces.Any(IsAsync));

    /// <summary>Determines whether a method creates a result of ASP.NET Core.</summary>
    public static bool IsResult(IMethodSymbol method) =>
        method.ContainingType is { Name: "Results" or "TypedResults" } type && type.ContainingNamespace?.ToDisplayString() == Http;

    private static bool IsResult(ITypeSymbol? type) => type?.AllInterfaces.Any(static shape => shape.Name is "IResult" or "IActionResult"
        && shape.ContainingNamespace?.ToDisplayString() is Http or "Microsoft.AspNetCore.Mvc") == true;

    /// <summary>
    /// Returns the calls in a value that return such types, including wrapped ones. Results of ASP.NET Core are not inspected.
    /// </summary>
    public static IEnumerable<IOperation> In(IOperation value) => In(value, Depth);

    /// <summary>Returns the deferred parts of an operation: all of it except what is awaited.</summary>
    public static IEnumerable<IOperation> Later(IOperation operation)
    {
        yield return operation;
        foreach (var child in operation.ChildOperations)
        {
            if (child is IAwaitOperation && !IsWithinFunction(child, operation))
                continue;
            foreach (var part in operation is IAnonymousFunctionOperation ? child.DescendantsAndSelf() : Later(child))
                yield return part;
        }
    }

    private static bool IsWithinFunction(IOperation child, IOperation parent) =>
        parent is IAnonymousFunctionOperation || child.Parent is IAnonymousFunctionOperation;

    private static IEnumerable<IOperation> In(IOperation? value, int depth)
    {
        if (value is null || depth == 0)
            return [];
        return value switch
        {
            IInvocationOperation call when IsResult(call.TargetMethod) => [],
            IInvocationOperation call when Is(call.Type) => [call],
            IInvocationOperation call => call.Arguments.SelectMany(argument => In(argument.Value, depth - 1)),
            IConversionOperation conversion => In(conversion.Operand, depth - 1),
            IConditionalOperation choice => In(choice.WhenTrue, depth - 1).Concat(In(choice.WhenFalse, depth - 1)),
            ICoalesceOperation either => In(either.Value, depth - 1).Concat(In(either.WhenNull, depth - 1)),
            ISwitchExpressionOperation choice => choice.Arms.SelectMany(arm => In(arm.Value, depth - 1)),
            ILocalReferenceOperation { Local: var local } => In(CallChain.DeclaredValue(local, value), depth - 1),
            IObjectCreationOperation creation => creation.Arguments.Select(static argument => argument.Value)
                .Concat((creation.Initializer?.Initializers ?? []).OfType<ISimpleAssignmentOperation>()
                    .Select(static assignment => assignment.Value))
                // A result that is given code runs it when it writes the answer.
                .SelectMany(part => part is IDelegateCreationOperation { Target: var writer } && IsResult(creation.Type)
                    ? [writer] : In(part, depth - 1)),
            IAnonymousObjectCreationOperation creation =>
                creation.Initializers.OfType<ISimpleAssignmentOperation>().SelectMany(assignment => In(assignment.Value, depth - 1)),
            _ => [],
        };
    }

    private static bool IsAsync(INamedTypeSymbol type) =>
        type is { Name: "IAsyncEnumerable", Arity: 1 } && type.ContainingNamespace?.ToDisplayString() == "System.Collections.Generic";
}
