using System.Collections.Immutable;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>
/// Reads what <c>RequireAuthorization()</c>, or an <c>[Authorize]</c> that is made and added as metadata, demands of a route's callers: in
/// the chain of calls on it, through variables, and on the groups around it.
/// </summary>
internal static class RouteDemands
{
    private const string Extensions = "Microsoft.AspNetCore.Builder.AuthorizationEndpointConventionBuilderExtensions";

    /// <summary>
    /// The demands on the route that a call maps, or on the route or group that a call is made on. None where <c>AllowAnonymous()</c> is
    /// called.
    /// </summary>
    public static IReadOnlyList<string> Around(IInvocationOperation call)
    {
        var calls = Outward(call, CallChain.Depth).Concat(Inward(CallChain.On(call), CallChain.Depth))
            .ToList();
        return calls.Exists(static on => on.TargetMethod.Name == "AllowAnonymous" && IsExtension(on.TargetMethod))
            ? []
            : [.. calls.Where(on => IsDemand(on) && IsCertain(on, call)).SelectMany(Demands)];
    }

    /// <summary>Determines whether a call demands something of the callers of the route or group that it is made on.</summary>
    public static bool IsDemand(IInvocationOperation call) => IsRequire(call.TargetMethod) || Added(call).Any();

    /// <summary>Determines whether a method is <c>RequireAuthorization()</c>.</summary>
    public static bool IsRequire(IMethodSymbol method) => method.Name == "RequireAuthorization" && IsExtension(method);

    /// <summary>Determines whether a call is made whenever another one is: in no branch, loop or lambda that the other is not in.</summary>
    public static bool IsCertain(IOperation call, IOperation other)
    {
        for (var at = call; at.Parent is { } parent; at = parent)
        {
            var mayBeLeftOut = parent switch
            {
                IConditionalOperation choice => choice.Condition != at,
                ILoopOperation or ISwitchOperation or ISwitchExpressionOperation or ITryOperation or IAnonymousFunctionOperation
                    or ILocalFunctionOperation => true,
                ICoalesceOperation choice => choice.WhenNull == at,
                IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } choice =>
                    choice.RightOperand == at,
                _ => false,
            };
            if (mayBeLeftOut && !at.Syntax.Span.Contains(other.Syntax.Span))
                return false;
        }
        return true;
    }

    private static bool IsExtension(IMethodSymbol method) => method.ContainingType?.ToDisplayString() == Extensions;

    // What [Authorize] and its like there are among metadata that a call adds.
    private static IEnumerable<IObjectCreationOperation> Added(IInvocationOperation call) =>
        call.TargetMethod is { Name: "WithMetadata", ContainingType.Name: "RoutingEndpointConventionBuilderExtensions" }
        ? call.Arguments.Where(static argument => argument.Parameter?.Ordinal == 1).SelectMany(static argument => Elements(argument.Value))
            .Select(Conversions.Unwrapped).OfType<IObjectCreationOperation>().Where(static made => HeldAttributes.IsDemand(made.Type))
        : [];

    private static IEnumerable<string> Demands(IInvocationOperation call)
    {
        if (!IsRequire(call.TargetMethod))
            return Added(call).Select(Data);
        if (call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 1) is not { Value: var value })
            return [EndpointHandlers.SignedIn];
        // What a policy demands that is made in code is for that code to say.
        if (call.TargetMethod.Parameters.Last().Type is not IArrayTypeSymbol { ElementType: var element })
            return ["RequireAuthorization(policy)"];
        return element.SpecialType == SpecialType.System_String
            ? ElevateValue.Of(value).Select(static policy => $"Policy={policy}").DefaultIfEmpty(EndpointHandlers.SignedIn)
            : Elements(value).Select(Data);
    }

    private static ImmutableArray<IOperation> Elements(IOperation value) => Conversions.Unwrapped(value) switch
    {
        IArrayCreationOperation { Initializer.ElementValues: var elements } => elements,
        ICollectionExpressionOperation { Elements: var elements } => elements,
        var other => [other],
    };

    // new AuthorizeAttribute("Staff") { Roles = "x" }, as the attribute's own text.
    private static string Data(IOperation value)
    {
        if (Conversions.Unwrapped(value) is not IObjectCreationOperation { Type: { } type } made)
            return ElevateValue.Unknown;
        // One of the application's own, as the attribute's own text: what it demands is for its arguments to say.
        if (type.ToDisplayString() != EndpointHandlers.AuthorizeAttribute)
        {
            var given = made.Arguments.Where(static argument => argument.ArgumentKind != ArgumentKind.DefaultValue)
                .Select(static argument => string.Join("|", ElevateValue.Of(argument.Value)));
            return $"{ElevateValue.Name(type)}({string.Join(", ", given.Concat(Set(made)))})";
        }
        var policy = made.Arguments.Select(static argument => $"Policy={string.Join("", ElevateValue.Of(argument.Value))}");
        return EndpointHandlers.Demand(policy.Concat(Set(made)));
    }

    private static IEnumerable<string> Set(IObjectCreationOperation made) =>
        (made.Initializer?.Initializers ?? []).OfType<ISimpleAssignmentOperation>().Select(static set =>
            $"{(set.Target as IPropertyReferenceOperation)?.Property.Name}={string.Join("|", ElevateValue.Of(set.Value))}");

    // What is called on the value of an operation, and on a variable that holds it.
    private static IEnumerable<IInvocationOperation> Outward(IOperation operation, int depth)
    {
        for (; CallChain.Next(operation) is { } next; operation = next)
        {
            if (next is not IInvocationOperation call)
                continue;
            // What follows belongs to the route that this call maps.
            if (call.TargetMethod.Name.StartsWith("Map", StringComparison.Ordinal))
                yield break;
            yield return call;
        }

        if (depth > 0 && operation.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } })
        {
            foreach (var later in Later(local, operation, depth - 1))
                yield return later;
        }
    }

    private static IEnumerable<IInvocationOperation> Later(ILocalSymbol local, IOperation from, int depth) =>
        RouteCalls.Root(from).Descendants().OfType<ILocalReferenceOperation>()
            .Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, local))
            .SelectMany(reference => Outward(reference, depth));

    // What has been called before, on what the call is made on.
    private static IEnumerable<IInvocationOperation> Inward(IOperation? receiver, int depth)
    {
        for (; depth > 0; depth--)
        {
            switch (receiver)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    receiver = conversion.Operand;
                    break;
                case IInvocationOperation call:
                    yield return call;
                    receiver = CallChain.On(call);
                    break;
                case IConditionalAccessOperation access:
                    receiver = access.WhenNotNull;
                    break;
                case IConditionalAccessInstanceOperation instance:
                    receiver = CallChain.AccessOf(instance)?.Operation;
                    break;
                case ILocalReferenceOperation { Local: var local }:
                    foreach (var later in Later(local, receiver, depth - 1))
                        yield return later;
                    receiver = CallChain.DeclaredValue(local, receiver);
                    break;
                default:
                    yield break;
            }
        }
    }
}
