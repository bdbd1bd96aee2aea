using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>Finds the function that contains an operation, and the code of a function.</summary>
internal static class Functions
{
    /// <summary>Returns the lambda or local function around an operation, or otherwise its whole method.</summary>
    public static IOperation Around(IOperation operation)
    {
        var at = operation;
        while (at.Parent is { } parent)
        {
            at = parent;
            if (at is IAnonymousFunctionOperation or ILocalFunctionOperation)
                break;
        }
        return at;
    }

    /// <summary>Returns the call that maps a lambda as a handler, or <see langword="null"/> if it is not a handler.</summary>
    public static IInvocationOperation? MappingOf(IAnonymousFunctionOperation lambda)
    {
        var outer = lambda.Parent;
        while (outer is IConversionOperation or IDelegateCreationOperation or IArgumentOperation)
            outer = outer.Parent;
        return outer is IInvocationOperation call && RouteCalls.HandlerOf(call) == lambda ? call : null;
    }

    /// <summary>Returns the code that a call runs, if it is in the same file; otherwise, <see langword="null"/>.</summary>
    public static IOperation? BodyOf(IInvocationOperation call)
    {
        var method = call.TargetMethod.OriginalDefinition;
        return method.DeclaringSyntaxReferences.FirstOrDefault() is { } declared && declared.SyntaxTree == call.Syntax.SyntaxTree
            ? call.SemanticModel?.GetOperation(declared.GetSyntax())
            : null;
    }
}
