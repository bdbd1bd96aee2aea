using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Generator.Guards;

/// <summary>Follows a mapped route to what guards it: along its chain of calls, through local variables, and out to the groups around it.</summary>
/// <remarks>
/// It knows the framework's own methods, and takes every other that is handed a route or group for one that may guard it: nobody is told of a missing guard
/// that stands in a method of their own.
/// </remarks>
internal sealed class RouteChain(WixSymbols wix)
{
    // Groups within groups within variables; a chain that comes back to itself must end.
    private const int Depth = 32;

    /// <summary>What is around the route or group that a call maps.</summary>
    public RouteGuard Around(IInvocationOperation call)
    {
        var (state, elevate) = Outward(call, Depth);
        var outer = Receiver(ReceiverOf(call), Depth);
        return state == GuardState.None ? outer : outer with { State = state, Elevate = elevate };
    }

    /// <summary>The patterns of the groups that an <c>.Elevate(...)</c> guards; null when one can't be seen.</summary>
    public string? PrefixOf(IInvocationOperation elevate) => Receiver(ReceiverOf(elevate), Depth).Prefix;

    /// <summary>Whether an <c>.Elevate(...)</c> is called on a route whose mapping can be seen.</summary>
    public static bool IsOnSeenRoute(IInvocationOperation elevate)
    {
        var receiver = ReceiverOf(elevate);
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
                    receiver = ReceiverOf(call);
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

    /// <summary>The route or group that a call is made on, as the guard lock names it: <c>GET /orders/{id}</c>, <c>/orders/**</c>. Null when it can't be told.</summary>
    public string? TargetOf(IInvocationOperation call)
    {
        var receiver = ReceiverOf(call);
        for (var depth = Depth; depth > 0; depth--)
        {
            switch (receiver)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    receiver = conversion.Operand;
                    break;
                case IConditionalAccessOperation access:
                    receiver = access.WhenNotNull;
                    break;
                case IConditionalAccessInstanceOperation instance:
                    receiver = AccessOf(instance)?.Operation;
                    break;
                case IInvocationOperation map when RouteCalls.IsMap(map.TargetMethod):
                    return Receiver(ReceiverOf(map), depth).Prefix is { } prefix && RouteCalls.PatternOf(map) is { } pattern
                        ? $"{string.Join(",", RouteCalls.VerbsOf(map))} {Join(prefix, pattern)}"
                        : null;
                case IInvocationOperation { TargetMethod.Name: "MapGroup" } group when IsFramework(group.TargetMethod):
                    return Receiver(group, depth).Prefix is { } groups ? $"{groups}/**" : null;
                case IInvocationOperation { TargetMethod: { Name: var name } method } mapped when name.StartsWith("Map", StringComparison.Ordinal) && IsFramework(method):
                    return Receiver(ReceiverOf(mapped), depth).Prefix is { } outer && mapped.Arguments.All(static argument => argument.Parameter?.Ordinal == 0 || argument.Value.ConstantValue.HasValue)
                        ? $"{outer}/{name}({string.Join(", ", mapped.Arguments.Where(static argument => argument.Parameter?.Ordinal != 0 && argument.ArgumentKind != ArgumentKind.DefaultValue).Select(static argument => argument.Value.ConstantValue.Value))})"
                        : null;
                case IInvocationOperation next when IsFramework(next.TargetMethod):
                    receiver = ReceiverOf(next);
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

    /// <summary>Whether of two guards on one route the second is sure to take the first one's place: it follows in the same chain, or in a later statement of the same block.</summary>
    public static bool IsReplaced(IInvocationOperation first, IInvocationOperation last)
    {
        if (last.Syntax.Span.Contains(first.Syntax.Span) && last.Syntax != first.Syntax)
            return IsAlong(first, last);
        return StatementOf(first) is { } before && StatementOf(last) is { } after && before.Parent == after.Parent && before.Syntax.SpanStart < after.Syntax.SpanStart;
    }

    private static bool IsAlong(IOperation first, IOperation last)
    {
        for (IOperation? at = last; at is not null; at = at is IInvocationOperation call ? ReceiverOf(call) : (at as IConversionOperation)?.Operand)
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

    /// <summary>What a call is made on; null when it has no receiver.</summary>
    public static IOperation? On(IInvocationOperation call) => ReceiverOf(call);

    private static IConditionalAccessInstanceOperation? InstanceOf(IConditionalAccessOperation access) =>
        access.WhenNotNull.DescendantsAndSelf().OfType<IConditionalAccessInstanceOperation>().FirstOrDefault(instance => AccessOf(instance) == access);

    private static IConditionalAccessOperation? AccessOf(IConditionalAccessInstanceOperation instance)
    {
        IOperation at = instance;
        for (; at.Parent is { } parent; at = parent)
        {
            if (parent is IConditionalAccessOperation access && access.WhenNotNull == at)
                return access;
        }
        return null;
    }

    // What is called on a route after it has been mapped. Of several guards the last one counts.
    private (GuardState State, IInvocationOperation? Elevate) Outward(IOperation operation, int depth)
    {
        (GuardState State, IInvocationOperation? Elevate) seen = (GuardState.None, null);
        while (true)
        {
            switch (operation.Parent)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    operation = conversion;
                    continue;
                case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } call }:
                    operation = call;
                    break;
                case IInvocationOperation call when call.Instance == operation:
                    operation = call;
                    break;
                case IConditionalAccessOperation access when access.Operation == operation && InstanceOf(access) is { } instance:
                    operation = instance;
                    continue;
                case IConditionalAccessOperation access when access.WhenNotNull == operation:
                    operation = access;
                    continue;
                case IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation }:
                    return seen;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                    return Later(seen, Local(local, operation, depth - 1));
                default:
                    return Later(seen, (GuardState.Unseen, null));
            }

            if (Reads((IInvocationOperation)operation) is not { } found)
                continue;
            seen = Later(seen, found);
            if (found.Item1 != GuardState.Elevated)
                return seen;
        }
    }

    // A guard that was seen stays one, whatever else may come.
    private static (GuardState, IInvocationOperation?) Later((GuardState, IInvocationOperation?) seen, (GuardState State, IInvocationOperation?) next) =>
        next.State == GuardState.Elevated || seen.Item1 == GuardState.None ? next : seen;

    // What one call in a chain says of the route; null when it says nothing.
    private (GuardState, IInvocationOperation?)? Reads(IInvocationOperation call)
    {
        if (wix.IsElevateCall(call.TargetMethod))
            return (GuardState.Elevated, call);
        if (call.Arguments.Any(argument => argument.DescendantsAndSelf().Any(inner => inner is IObjectCreationOperation && wix.IsElevate(inner.Type))))
            return (GuardState.Elevated, null);
        if (!IsFramework(call.TargetMethod))
            return (GuardState.Unseen, null);
        // What follows belongs to the route that this call maps.
        return call.TargetMethod.Name.StartsWith("Map", StringComparison.Ordinal) ? (GuardState.None, null) : null;
    }

    private (GuardState, IInvocationOperation?) Local(ILocalSymbol local, IOperation from, int depth)
    {
        if (depth <= 0)
            return (GuardState.Unseen, null);

        (GuardState, IInvocationOperation?) seen = (GuardState.None, null);
        foreach (var reference in RouteCalls.Root(from).Descendants().OfType<ILocalReferenceOperation>())
        {
            if (!SymbolEqualityComparer.Default.Equals(reference.Local, local))
                continue;
            seen = Later(seen, Outward(reference, depth));
        }
        return seen;
    }

    // What a route was mapped on: the application, or a group.
    private RouteGuard Receiver(IOperation? receiver, int depth)
    {
        while (receiver is IConversionOperation { OperatorMethod: null } conversion)
            receiver = conversion.Operand;
        if (IsApplication(receiver?.Type))
            return new RouteGuard(GuardState.None, null, "");
        if (depth <= 0)
            return new RouteGuard(GuardState.Unseen, null, null);

        switch (receiver)
        {
            case IInvocationOperation call:
                var outer = Receiver(ReceiverOf(call), depth - 1);
                if (call.TargetMethod.Name == "MapGroup" && IsFramework(call.TargetMethod))
                    return outer with { Prefix = outer.Prefix is { } prefix && RouteCalls.PatternOf(call) is { } pattern ? Join(prefix, pattern) : null };
                return Reads(call) is (var state, var elevate) && state != GuardState.None ? outer with { State = state, Elevate = elevate } : outer;

            case IConditionalAccessOperation access:
                return Receiver(access.WhenNotNull, depth - 1);

            case IConditionalAccessInstanceOperation instance:
                return Receiver(AccessOf(instance)?.Operation, depth - 1);

            case ILocalReferenceOperation { Local: var local }:
                var inner = Receiver(DeclaredValue(local, receiver), depth - 1);
                var (localState, localElevate) = Local(local, receiver, depth);
                return localState == GuardState.Elevated || (localState == GuardState.Unseen && inner.State == GuardState.None)
                    ? inner with { State = localState, Elevate = localElevate }
                    : inner;

            // app.UseEndpoints(endpoints => ...) hands out the application itself.
            case IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } lambda } }
                when IsUseEndpoints(receiver, lambda):
                return new RouteGuard(GuardState.None, null, "");

            default:
                return new RouteGuard(GuardState.Unseen, null, null);
        }
    }

    private static IOperation? ReceiverOf(IInvocationOperation call) =>
        call.Instance ?? (call.TargetMethod.IsExtensionMethod ? call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0)?.Value : null);

    // Null for a variable that may have got another value since.
    private static IOperation? DeclaredValue(ILocalSymbol local, IOperation reference)
    {
        if (RouteCalls.Root(reference).Descendants().OfType<ILocalReferenceOperation>().Any(other => SymbolEqualityComparer.Default.Equals(other.Local, local) && IsAssigned(other)))
            return null;
        var declared = RouteCalls.Root(reference).Descendants().OfType<IVariableDeclaratorOperation>()
            .FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local));
        return (declared?.Initializer ?? (declared?.Parent as IVariableDeclarationOperation)?.Initializer)?.Value;
    }

    private static bool IsAssigned(ILocalReferenceOperation local) =>
        local.Parent switch
        {
            IAssignmentOperation assignment => assignment.Target == local,
            IArgumentOperation argument => argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out,
            ITupleOperation => true,
            _ => local.Syntax.Parent is Microsoft.CodeAnalysis.CSharp.Syntax.RefExpressionSyntax,
        };

    private static bool IsUseEndpoints(IOperation reference, IMethodSymbol lambda)
    {
        for (var at = reference.Parent; at is not null; at = at.Parent)
        {
            if (at is IAnonymousFunctionOperation function && SymbolEqualityComparer.Default.Equals(function.Symbol, lambda))
            {
                return at.Parent is IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "UseEndpoints" } method } } }
                    && IsFramework(method);
            }
        }
        return false;
    }

    private static bool IsApplication(ITypeSymbol? type) => type?.ToDisplayString() == "Microsoft.AspNetCore.Builder.WebApplication";

    private static bool IsFramework(IMethodSymbol method) =>
        method.ContainingAssembly?.Name is { } name
        && (name.StartsWith("Microsoft.", StringComparison.Ordinal) || name.StartsWith("System.", StringComparison.Ordinal) || name is "Endpoints" or "Endpoints.Wix");

    /// <summary>A group's pattern and one within it.</summary>
    public static string Join(string prefix, string pattern) => $"{prefix.TrimEnd('/')}/{pattern.TrimStart('/')}";
}
