using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>Follows chains of calls, each on the result of another, through conversions, <c>?.</c> and local variables.</summary>
internal static class CallChain
{
    /// <summary>The maximum length of a chain. Groups are nested in groups in variables, and a circular chain must end.</summary>
    public const int Depth = 32;

    /// <summary>Returns the receiver of a call, or <see langword="null"/> if it has none.</summary>
    public static IOperation? On(IInvocationOperation call) =>
        call.Instance
            ?? (call.TargetMethod.IsExtensionMethod
                ? call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0)?.Value : null);

    /// <summary>
    /// Returns the operation that has the same value one step further out, or the call that is made on the value; otherwise,
    /// <see langword="null"/>.
    /// </summary>
    public static IOperation? Next(IOperation operation) => operation.Parent switch
    {
        IConversionOperation { OperatorMethod: null } conversion => conversion,
        IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } call } => call,
        IInvocationOperation call when call.Instance == operation => call,
        IConditionalAccessOperation access when access.Operation == operation && InstanceOf(access) is { } instance => instance,
        IConditionalAccessOperation access when access.WhenNotNull == operation => access,
        _ => null,
    };

    /// <summary>
    /// Returns the value that a variable was declared with, or <see langword="null"/> if it may have been assigned another value since.
    /// </summary>
    public static IOperation? DeclaredValue(ILocalSymbol local, IOperation reference)
    {
        if (RouteCalls.Root(reference).Descendants().OfType<ILocalReferenceOperation>()
            .Any(other => SymbolEqualityComparer.Default.Equals(other.Local, local) && IsAssigned(other)))
            return null;
        var declared = RouteCalls.Root(reference).Descendants().OfType<IVariableDeclaratorOperation>()
            .FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local));
        return (declared?.Initializer ?? (declared?.Parent as IVariableDeclarationOperation)?.Initializer)?.Value;
    }

    /// <summary>Returns the placeholder for the value before <c>?.</c> in the operations on it.</summary>
    public static IConditionalAccessInstanceOperation? InstanceOf(IConditionalAccessOperation access) =>
        access.WhenNotNull.DescendantsAndSelf().OfType<IConditionalAccessInstanceOperation>()
            .FirstOrDefault(instance => AccessOf(instance) == access);

    /// <summary>Returns the <c>?.</c> whose value an operation represents.</summary>
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

    /// <summary>Determines whether an <c>.Elevate(...)</c> is called on a route whose mapping is visible.</summary>
    public static bool IsOnSeenRoute(IInvocationOperation elevate) => MappedBy(elevate, RouteCalls.IsMap) is not null;

    /// <summary>
    /// Returns the call that maps what another call is made on, if it is visible; otherwise, <see langword="null"/>.
    /// </summary>
    /// <param name="on">The other call.</param>
    /// <param name="isMap">The condition that the method of a call that maps something meets.</param>
    public static IInvocationOperation? MappedBy(IInvocationOperation on, Func<IMethodSymbol, bool> isMap)
    {
        var receiver = On(on);
        for (var depth = Depth; depth > 0; depth--)
        {
            switch (receiver)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    receiver = conversion.Operand;
                    break;
                case IInvocationOperation call when isMap(call.TargetMethod):
                    return call;
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
                    return null;
            }
        }
        return null;
    }

    /// <summary>Determines whether a method is one of the framework's or the library's that map endpoints, of whatever kind.</summary>
    public static bool IsMap(IMethodSymbol method) => method.Name.StartsWith("Map", StringComparison.Ordinal) && IsFramework(method);

    /// <summary>Determines whether a method belongs to the framework or the library, so that its effect is known.</summary>
    public static bool IsFramework(IMethodSymbol method) =>
        method.ContainingAssembly?.Name is { } name
        && (name.StartsWith("Microsoft.", StringComparison.Ordinal) || name.StartsWith("System.", StringComparison.Ordinal)
            || name is "Endpoints" or "Endpoints.Wix");

    /// <summary>
    /// Determines whether the second of two guards on one route certainly replaces the first: it follows in the same chain, or in a later
    /// statement of the same block.
    /// </summary>
    public static bool IsReplaced(IInvocationOperation first, IInvocationOperation last)
    {
        if (last.Syntax.Span.Contains(first.Syntax.Span) && last.Syntax != first.Syntax)
            return IsAlong(first, last);
        return StatementOf(first) is { } before && StatementOf(last) is { } after && before.Parent == after.Parent
            && before.Syntax.SpanStart < after.Syntax.SpanStart;
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
            if (parent is IAnonymousFunctionOperation or IConditionalOperation or ILoopOperation or ISwitchCaseOperation or ITryOperation
                or IConditionalAccessOperation or ICoalesceOperation)
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
