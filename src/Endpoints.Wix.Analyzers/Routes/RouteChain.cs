using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>
/// Follows a mapped route to its guard: along its chain of calls, through local variables, and out to the groups around it.
/// </summary>
/// <remarks>
/// The class knows the framework's own methods. Any other method that receives a route or group is assumed to guard it, so that no missing
/// guard is reported if it is in a separate method.
/// </remarks>
internal sealed class RouteChain(WixSymbols wix)
{
    private const int Depth = CallChain.Depth;

    /// <summary>Returns the guard and the groups around the route or group that a call maps.</summary>
    public RouteGuard Around(IInvocationOperation call)
    {
        var (state, elevate) = Outward(call, Depth);
        var outer = Receiver(CallChain.On(call), Depth);
        return state == GuardState.None ? outer : outer with { State = state, Elevate = elevate };
    }

    /// <summary>
    /// Determines what is known of the guard of a route or group from what is called on it itself, and not on the groups around it.
    /// </summary>
    public GuardState On(IInvocationOperation map) => Outward(map, Depth).State;

    /// <summary>
    /// Returns the patterns of the groups that an <c>.Elevate(...)</c> guards, or <see langword="null"/> if one can't be determined.
    /// </summary>
    public string? PrefixOf(IInvocationOperation elevate) => Receiver(CallChain.On(elevate), Depth).Prefix;

    /// <summary>
    /// Returns the route or group that a call is made on, as the guard lock names it: <c>GET /orders/{id}</c>, <c>/orders/**</c>. Returns
    /// <see langword="null"/> if it can't be determined.
    /// </summary>
    public string? TargetOf(IInvocationOperation call)
    {
        var receiver = CallChain.On(call);
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
                    receiver = CallChain.AccessOf(instance)?.Operation;
                    break;
                case IInvocationOperation map when RouteCalls.IsMap(map.TargetMethod):
                    return Receiver(CallChain.On(map), depth).Prefix is { } prefix && RouteCalls.PatternOf(map) is { } pattern
                        ? $"{string.Join(",", RouteCalls.VerbsOf(map))} {Join(prefix, pattern)}"
                        : null;
                case IInvocationOperation { TargetMethod.Name: "MapGroup" } group when CallChain.IsFramework(group.TargetMethod):
                    return Receiver(group, depth).Prefix is { } groups ? $"{groups}/**" : null;
                case IInvocationOperation { TargetMethod: { Name: var name } method } mapped
                    when name.StartsWith("Map", StringComparison.Ordinal) && CallChain.IsFramework(method):
                    return Receiver(CallChain.On(mapped), depth).Prefix is { } outer
                        && mapped.Arguments.All(
                            static argument => argument.Parameter?.Ordinal == 0 || argument.Value.ConstantValue.HasValue)
                        ? $"{outer}/{name}({GivenTo(mapped)})"
                        : null;
                case IInvocationOperation next when CallChain.IsFramework(next.TargetMethod):
                    receiver = CallChain.On(next);
                    break;
                case ILocalReferenceOperation { Local: var local }:
                    receiver = CallChain.DeclaredValue(local, receiver);
                    break;
                default:
                    return null;
            }
        }
        return null;
    }

    // What is called on a route after it has been mapped. Of several guards the last one counts.
    private (GuardState State, IInvocationOperation? Elevate) Outward(IOperation operation, int depth)
    {
        (GuardState State, IInvocationOperation? Elevate) seen = (GuardState.None, null);
        for (; CallChain.Next(operation) is { } next; operation = next)
        {
            if (next is not IInvocationOperation call || Reads(call) is not { } found)
                continue;
            seen = Later(seen, found);
            if (found.Item1 != GuardState.Elevated)
                return seen;
        }

        return operation.Parent switch
        {
            IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation } => seen,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } =>
                Later(seen, Local(local, operation, depth - 1)),
            _ => Later(seen, (GuardState.Unseen, null)),
        };
    }

    // A guard that was seen stays one, whatever else may come.
    private static (GuardState, IInvocationOperation?) Later((GuardState, IInvocationOperation?) seen,
        (GuardState State, IInvocationOperation?) next) =>
        next.State == GuardState.Elevated || seen.Item1 == GuardState.None ? next : seen;

    // What one call in a chain says of the route; null when it says nothing.
    private (GuardState, IInvocationOperation?)? Reads(IInvocationOperation call)
    {
        if (wix.IsElevateCall(call.TargetMethod))
            return (GuardState.Elevated, call);
        if (call.Arguments.Any(
            argument => argument.DescendantsAndSelf().Any(inner => inner is IObjectCreationOperation && wix.IsElevate(inner.Type))))
            return (GuardState.Elevated, null);
        if (!CallChain.IsFramework(call.TargetMethod))
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
        receiver = receiver is null ? null : Conversions.Unwrapped(receiver);
        if (IsApplication(receiver?.Type))
            return new RouteGuard(GuardState.None, null, "");
        if (depth <= 0)
            return new RouteGuard(GuardState.Unseen, null, null);

        switch (receiver)
        {
            case IInvocationOperation call:
                var outer = Receiver(CallChain.On(call), depth - 1);
                if (call.TargetMethod.Name == "MapGroup" && CallChain.IsFramework(call.TargetMethod))
                    return Within(outer, call);
                // A hub, a health check: what it maps lies below its pattern.
                if (CallChain.IsMap(call.TargetMethod) && call.TargetMethod.Parameters.Any(static parameter => parameter.Name == "pattern"))
                    return Within(outer, call);
                return Reads(call) is (var state, var elevate) && state != GuardState.None
                    ? outer with { State = state, Elevate = elevate } : outer;

            case IConditionalAccessOperation access:
                return Receiver(access.WhenNotNull, depth - 1);

            case IConditionalAccessInstanceOperation instance:
                return Receiver(CallChain.AccessOf(instance)?.Operation, depth - 1);

            case ILocalReferenceOperation { Local: var local }:
                var inner = Receiver(CallChain.DeclaredValue(local, receiver), depth - 1);
                var (localState, localElevate) = Local(local, receiver, depth);
                return localState == GuardState.Elevated || (localState == GuardState.Unseen && inner.State == GuardState.None)
                    ? inner with { State = localState, Elevate = localElevate }
                    : inner;

            // app.UseEndpoints(endpoints => ...) hands out the application itself.
            case IParameterReferenceOperation
            {
                Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } lambda }
            }
                when IsUseEndpoints(receiver, lambda):
                return new RouteGuard(GuardState.None, null, "");

            default:
                return new RouteGuard(GuardState.Unseen, null, null);
        }
    }

    private static RouteGuard Within(RouteGuard outer, IInvocationOperation call) => outer with
    {
        Prefix = outer.Prefix is { } prefix && RouteCalls.PatternOf(call) is { } pattern ? Join(prefix, pattern) : null,
    };

    private static string GivenTo(IInvocationOperation call) => string.Join(", ", call.Arguments
        .Where(static argument => argument.Parameter?.Ordinal != 0 && argument.ArgumentKind != ArgumentKind.DefaultValue)
        .Select(static argument => argument.Value.ConstantValue.Value));

    private static bool IsUseEndpoints(IOperation reference, IMethodSymbol lambda)
    {
        for (var at = reference.Parent; at is not null; at = at.Parent)
        {
            if (at is IAnonymousFunctionOperation function && SymbolEqualityComparer.Default.Equals(function.Symbol, lambda))
            {
                return at.Parent is IDelegateCreationOperation
                    {
                        Parent: IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "UseEndpoints" } method } }
                    }
                    && CallChain.IsFramework(method);
            }
        }
        return false;
    }

    private static bool IsApplication(ITypeSymbol? type) => type?.ToDisplayString() == "Microsoft.AspNetCore.Builder.WebApplication";

    /// <summary>Returns the combined pattern of a group and of a pattern within it.</summary>
    public static string Join(string prefix, string pattern) => $"{prefix.TrimEnd('/')}/{pattern.TrimStart('/')}";
}
