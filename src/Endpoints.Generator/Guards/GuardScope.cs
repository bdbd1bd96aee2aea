using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Generator.Guards;

/// <summary>What an analyzer of elevation knows of a compilation.</summary>
internal sealed class GuardScope(WixSymbols wix, EndpointHandlers handlers)
{
    public WixSymbols Wix { get; } = wix;

    public EndpointHandlers Handlers { get; } = handlers;

    public RouteChain Routes { get; } = new(wix);

    /// <summary>The parameters by which a method asks for elevation, also inside a type whose members are bound one by one.</summary>
    public IEnumerable<(IParameterSymbol Parameter, ITypeSymbol Type)> Asked(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (Wix.NeedsGuard(parameter.Type))
                yield return (parameter, parameter.Type);
            else if (HasAttribute(parameter, "AsParametersAttribute") && Members(parameter.Type).FirstOrDefault(Wix.NeedsGuard) is { } member)
                yield return (parameter, member);
        }
    }

    /// <summary>Whether an endpoint is elevated: guarded, or asking to be.</summary>
    public bool IsElevated(EndpointHandler endpoint) =>
        endpoint.Elevate is not null || Asked(endpoint.Method).Any() || endpoint.Class.InstanceConstructors.Any(constructor => Asked(constructor).Any());

    /// <summary>Whether a symbol has an attribute of a name, whatever its namespace.</summary>
    public static bool HasAttribute(ISymbol symbol, string name) => symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == name);

    /// <summary>The lambda or local function around an operation that a call maps as a handler, and that call; null when there is none.</summary>
    public static IInvocationOperation? MappedAround(IOperation operation)
    {
        for (var at = operation.Parent; at is not null; at = at.Parent)
        {
            if (at is not IAnonymousFunctionOperation)
                continue;
            var outer = at.Parent;
            while (outer is IConversionOperation or IDelegateCreationOperation or IArgumentOperation)
                outer = outer.Parent;
            if (outer is IInvocationOperation call && RouteCalls.HandlerOf(call) == at)
                return call;
        }
        return null;
    }

    private static IEnumerable<ITypeSymbol> Members(ITypeSymbol type) =>
        type.GetMembers().OfType<IPropertySymbol>().Select(static property => property.Type)
            .Concat((type as INamedTypeSymbol)?.InstanceConstructors.SelectMany(static constructor => constructor.Parameters).Select(static parameter => parameter.Type) ?? []);
}
