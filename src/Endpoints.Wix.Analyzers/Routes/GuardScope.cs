using System.Runtime.CompilerServices;
using Endpoints.Shared.Pages;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Routes;

/// <summary>Holds the knowledge that the analyzers of elevation have of a compilation.</summary>
/// <remarks>
/// All analyzers of a compilation share one instance, so that each class and each call that maps all pages is inspected once.
/// </remarks>
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

    /// <summary>
    /// Gets the object that determines whether all pages, or all controllers, are guarded where they are mapped. It is needed only for
    /// potential problems.
    /// </summary>
    public MappedAsGroup Mapped { get; }

    /// <summary>Gets the services that the code registers.</summary>
    public RegisteredServices Services { get; }

    /// <summary>Gets the validators, or <see langword="null"/> if FluentValidation is not referenced.</summary>
    public Validators? Validators { get; }

    /// <summary>Returns the scope of a compilation, or <see langword="null"/> if the compilation does not use elevation.</summary>
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

    /// <summary>
    /// Returns the parameters by which a method requests elevation, also inside a type whose members are bound individually.
    /// </summary>
    public IEnumerable<(IParameterSymbol Parameter, ITypeSymbol Type)> Asked(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (Wix.NeedsGuard(parameter.Type))
                yield return (parameter, parameter.Type);
            else if (HasAttribute(parameter, "AsParametersAttribute")
                && Members(parameter.Type).FirstOrDefault(Wix.NeedsGuard) is { } member)
                yield return (parameter, member);
        }
    }

    /// <summary>Determines whether an endpoint is elevated: guarded, or requesting elevation.</summary>
    public bool IsElevated(EndpointHandler endpoint) =>
        endpoint.Elevate is not null || Asked(endpoint.Method).Any()
            || endpoint.Class.InstanceConstructors.Any(constructor => Asked(constructor).Any());

    /// <summary>Determines whether an endpoint is elevated, by its own declaration or where all endpoints of its kind are mapped.</summary>
    public bool IsElevated(EndpointHandler endpoint, CancellationToken cancellationToken) =>
        IsElevated(endpoint) || Mapped.ElevateOf(endpoint.Kind, cancellationToken) is not null;

    /// <summary>Determines whether a symbol has an attribute of the given name, regardless of its namespace.</summary>
    public static bool HasAttribute(ISymbol symbol, string name) =>
        symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == name);

    /// <summary>
    /// Returns the call that maps the lambda or local function around an operation as a handler, or <see langword="null"/> if there is
    /// none.
    /// </summary>
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
            .Concat((type as INamedTypeSymbol)?.InstanceConstructors.SelectMany(static constructor => constructor.Parameters)
                .Select(static parameter => parameter.Type) ?? []);
}
