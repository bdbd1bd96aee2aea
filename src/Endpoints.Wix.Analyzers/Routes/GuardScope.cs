using System.Runtime.CompilerServices;
using Endpoints.Shared.Pages;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>What an analyzer of elevation knows of a compilation.</summary>
/// <remarks>All analyzers of a compilation share it: each class and each call that maps all pages is looked at once.</remarks>
internal sealed class GuardScope
{
    private static readonly ConditionalWeakTable<Compilation, GuardScope> Known = new();

    private GuardScope(Compilation compilation, PagesOptions pages, WixSymbols wix)
    {
        (Pages, Wix, Handlers, Routes) = (pages, wix, new EndpointHandlers(compilation, pages, wix), new RouteChain(wix));
        Mapped = new MappedAsGroup(compilation, Routes);
        Services = new RegisteredServices(compilation);
        Validators = Validators.Of(compilation, Services);
    }

    public PagesOptions Pages { get; }

    public WixSymbols Wix { get; }

    public EndpointHandlers Handlers { get; }

    public RouteChain Routes { get; }

    /// <summary>Whether all pages, or all controllers, are guarded where they are mapped. Asked for only when something seems to be wrong.</summary>
    public MappedAsGroup Mapped { get; }

    /// <summary>What the code adds to the services.</summary>
    public RegisteredServices Services { get; }

    /// <summary>The validators there are; null where there is no FluentValidation.</summary>
    public Validators? Validators { get; }

    /// <summary>What is known of a compilation; null for one that knows nothing of elevation.</summary>
    public static GuardScope? Of(Compilation compilation, PagesOptions pages)
    {
        if (Known.TryGetValue(compilation, out var known) && known.Pages == pages)
            return known;
        if (WixSymbols.Find(compilation) is not { } wix)
            return null;
        var scope = new GuardScope(compilation, pages, wix);
        // Where two projects share a compilation and not their settings, the second goes without.
        return Known.GetValue(compilation, _ => scope) is var shared && shared.Pages == pages ? shared : scope;
    }

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

    /// <summary>Whether an endpoint is elevated, by what is seen here or where all of its kind are mapped.</summary>
    public bool IsElevated(EndpointHandler endpoint, CancellationToken cancellationToken) => IsElevated(endpoint) || Mapped.ElevateOf(endpoint.Kind, cancellationToken) is not null;

    /// <summary>Whether a symbol has an attribute of a name, whatever its namespace.</summary>
    public static bool HasAttribute(ISymbol symbol, string name) => symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == name);

    /// <summary>The lambda or local function around an operation that a call maps as a handler, and that call; null when there is none.</summary>
    public static IInvocationOperation? MappedAround(IOperation operation)
    {
        for (var at = operation.Parent; at is not null; at = at.Parent)
        {
            if (at is IAnonymousFunctionOperation lambda && Functions.MappingOf(lambda) is { } call)
                return call;
        }
        return null;
    }

    private static IEnumerable<ITypeSymbol> Members(ITypeSymbol type) =>
        type.GetMembers().OfType<IPropertySymbol>().Select(static property => property.Type)
            .Concat((type as INamedTypeSymbol)?.InstanceConstructors.SelectMany(static constructor => constructor.Parameters).Select(static parameter => parameter.Type) ?? []);
}
