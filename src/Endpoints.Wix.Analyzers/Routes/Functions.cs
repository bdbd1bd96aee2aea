using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>Which function code belongs to, and where a function's code is.</summary>
internal static class Functions
{
    /// <summary>The lambda or local function around an operation, or else its whole method.</summary>
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

    /// <summary>The call that maps a lambda as a handler; null when it is none.</summary>
    public static IInvocationOperation? MappingOf(IAnonymousFunctionOperation lambda)
    {
        var outer = lambda.Parent;
        while (outer is IConversionOperation or IDelegateCreationOperation or IArgumentOperation)
            outer = outer.Parent;
        return outer is IInvocationOperation call && RouteCalls.HandlerOf(call) == lambda ? call : null;
    }

    /// <summary>The code that a call runs, when it stands in the same file; otherwise null.</summary>
    public static IOperation? BodyOf(IInvocationOperation call)
    {
        var method = call.TargetMethod.OriginalDefinition;
        return method.DeclaringSyntaxReferences.FirstOrDefault() is { } declared && declared.SyntaxTree == call.Syntax.SyntaxTree
            ? call.SemanticModel?.GetOperation(declared.GetSyntax())
            : null;
    }
}
