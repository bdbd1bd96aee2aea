using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>How calls hang together: each on the result of another, through conversions, <c>?.</c> and local variables.</summary>
internal static class CallChain
{
    /// <summary>How far a chain is followed. Groups lie within groups within variables, and a chain that comes back to itself must end.</summary>
    public const int Depth = 32;

    /// <summary>What a call is made on; null when it has no receiver.</summary>
    public static IOperation? On(IInvocationOperation call) =>
        call.Instance ?? (call.TargetMethod.IsExtensionMethod ? call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0)?.Value : null);

    /// <summary>What a variable was declared with; null for one that may have got another value since.</summary>
    public static IOperation? DeclaredValue(ILocalSymbol local, IOperation reference)
    {
        if (RouteCalls.Root(reference).Descendants().OfType<ILocalReferenceOperation>().Any(other => SymbolEqualityComparer.Default.Equals(other.Local, local) && IsAssigned(other)))
            return null;
        var declared = RouteCalls.Root(reference).Descendants().OfType<IVariableDeclaratorOperation>()
            .FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local));
        return (declared?.Initializer ?? (declared?.Parent as IVariableDeclarationOperation)?.Initializer)?.Value;
    }

    /// <summary>What stands for the value before <c>?.</c> in what is done with it.</summary>
    public static IConditionalAccessInstanceOperation? InstanceOf(IConditionalAccessOperation access) =>
        access.WhenNotNull.DescendantsAndSelf().OfType<IConditionalAccessInstanceOperation>().FirstOrDefault(instance => AccessOf(instance) == access);

    /// <summary>The <c>?.</c> whose value an operation stands for.</summary>
    public static IConditionalAccessOperation? AccessOf(IConditionalAccessInstanceOperation instance)
    {
        IOperation at = instance;
        for (; at.Parent is { } parent; at = parent)
        {
            if (parent is IConditionalAccessOperation access && access.WhenNotNull == at)
                return access;
        }
        return null;
    }

    /// <summary>Whether an <c>.Elevate(...)</c> is called on a route whose mapping can be seen.</summary>
    public static bool IsOnSeenRoute(IInvocationOperation elevate)
    {
        var receiver = On(elevate);
        for (var depth = Depth; depth > 0; depth--)
        {
            switch (receiver)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    receiver = conversion.Operand;
                    break;
                case IInvocationOperation call when RouteCalls.IsMap(call.TargetMethod):
                    return true;
                case IInvocationOperation call:
                    receiver = On(call);
                    break;
                case IConditionalAccessInstanceOperation instance:
                    receiver = AccessOf(instance)?.Operation;
                    break;
                case ILocalReferenceOperation { Local: var local }:
                    receiver = DeclaredValue(local, receiver);
                    break;
                default:
                    return false;
            }
        }
        return false;
    }

    /// <summary>Whether a method is the framework's or the library's, of which is known what it does.</summary>
    public static bool IsFramework(IMethodSymbol method) =>
        method.ContainingAssembly?.Name is { } name
        && (name.StartsWith("Microsoft.", StringComparison.Ordinal) || name.StartsWith("System.", StringComparison.Ordinal) || name is "Endpoints" or "Endpoints.Wix");

    /// <summary>Whether of two guards on one route the second is sure to take the first one's place: it follows in the same chain, or in a later statement of the same block.</summary>
    public static bool IsReplaced(IInvocationOperation first, IInvocationOperation last)
    {
        if (last.Syntax.Span.Contains(first.Syntax.Span) && last.Syntax != first.Syntax)
            return IsAlong(first, last);
        return StatementOf(first) is { } before && StatementOf(last) is { } after && before.Parent == after.Parent && before.Syntax.SpanStart < after.Syntax.SpanStart;
    }

    private static bool IsAlong(IOperation first, IOperation last)
    {
        for (IOperation? at = last; at is not null; at = at is IInvocationOperation call ? On(call) : (at as IConversionOperation)?.Operand)
        {
            if (at == first || at.Syntax == first.Syntax)
                return true;
        }
        return false;
    }

    // The statement that a chain of calls is, or declares a variable with.
    private static IOperation? StatementOf(IOperation operation)
    {
        for (var at = operation; at.Parent is { } parent; at = parent)
        {
            if (parent is IBlockOperation or IMethodBodyOperation)
                return at;
            if (parent is IAnonymousFunctionOperation or IConditionalOperation or ILoopOperation or ISwitchCaseOperation or ITryOperation or IConditionalAccessOperation or ICoalesceOperation)
                return null;
        }
        return null;
    }

    private static bool IsAssigned(ILocalReferenceOperation local) =>
        local.Parent switch
        {
            IAssignmentOperation assignment => assignment.Target == local,
            IArgumentOperation argument => argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out,
            ITupleOperation => true,
            _ => local.Syntax.Parent is RefExpressionSyntax,
        };
}
