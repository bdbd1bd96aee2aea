using Endpoints.Shared.Naming;
using Endpoints.Wix.Analyzers.Routes;
using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Requests;

/// <summary>
/// Finds the resources that a route names: the order of <c>/orders/[id]</c>, as opposed to the language of <c>/[lang]/orders</c>.
/// </summary>
internal static class NamedResources
{
    // What routes have parameters for besides things that belong to somebody.
    private static readonly HashSet<string> Others = new(StringComparer.OrdinalIgnoreCase)
    {
        "lang", "language", "locale", "culture", "uiculture", "country", "currency", "version", "apiversion", "v", "area", "controller",
        "action", "page", "handler", "format", "extension",
    };

    private static readonly HashSet<string> Elsewhere = new(StringComparer.Ordinal)
    {
        "FromQueryAttribute", "FromHeaderAttribute", "FromBodyAttribute", "FromFormAttribute", "FromServicesAttribute",
        "FromKeyedServicesAttribute",
    };

    /// <summary>Returns the parameter of an endpoint's route that names a resource, or <see langword="null"/> if there is none.</summary>
    public static string? Of(EndpointHandler endpoint) => endpoint.Kind switch
    {
        EndpointKind.Page =>
            RouteName.Parse(endpoint.Page!.Path).Route?.Parameters.FirstOrDefault(IsResource) ?? Bound(endpoint.Method, isSeen: true),
        EndpointKind.Action when Templates(endpoint) is { Count: > 0 } templates =>
            templates.SelectMany(RouteTemplate.Parameters).FirstOrDefault(IsResource) ?? Bound(endpoint.Method, isSeen: true),
        // What stands in the page, or in a route for all controllers, can't be seen from here.
        _ => Bound(endpoint.Method, isSeen: false) ?? BoundProperty(endpoint.Class),
    };

    /// <summary>Returns the parameter of a mapped route that names a resource, or <see langword="null"/> if there is none.</summary>
    /// <param name="prefix">The patterns of the groups around the route, or <see langword="null"/> if they can't be determined.</param>
    /// <param name="pattern">The route's own pattern, or <see langword="null"/> if it can't be determined.</param>
    /// <param name="handler">The handler, or <see langword="null"/> if it can't be determined.</param>
    public static string? Of(string? prefix, string? pattern, IMethodSymbol? handler) =>
        RouteTemplate.Parameters($"{prefix}/{pattern}").FirstOrDefault(IsResource)
        ?? (handler is null ? null : Bound(handler, isSeen: prefix is not null && pattern is not null));

    private static bool IsResource(string name) => !Others.Contains(name.Replace("-", "").Replace("_", ""));

    // What a parameter takes from the route: one that says so, and where the route can't be seen, one that is called like an id.
    private static string? Bound(IMethodSymbol method, bool isSeen)
    {
        foreach (var parameter in method.Parameters)
        {
            if (Attribute(parameter, "FromRouteAttribute") is { } fromRoute)
            {
                var name = fromRoute.NamedArguments.FirstOrDefault(static named => named.Key == "Name").Value.Value as string
                    ?? parameter.Name;
                if (IsResource(name))
                    return name;
            }
            else if (!isSeen && IsId(parameter.Name) && RequestedIds.IsSimple(parameter.Type)
                && !parameter.GetAttributes().Any(static attribute => Elsewhere.Contains(attribute.AttributeClass?.Name ?? "")))
            {
                return parameter.Name;
            }
        }
        return null;
    }

    // [BindProperty(SupportsGet = true)] public string Id { get; set; }
    private static string? BoundProperty(INamedTypeSymbol type) => type.GetMembers().OfType<IPropertySymbol>()
        .FirstOrDefault(static property => Attribute(property, "FromRouteAttribute") is not null
            || (IsId(property.Name)
                && Attribute(property, "BindPropertyAttribute")?.NamedArguments.Any(
                    static named => named is { Key: "SupportsGet", Value.Value: true }) == true))?.Name;

    private static bool IsId(string name) =>
        name.Equals("id", StringComparison.OrdinalIgnoreCase) || name.EndsWith("Id", StringComparison.Ordinal);

    private static AttributeData? Attribute(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name == name);

    // The routes that attributes give an action; a template that begins with a slash stands alone.
    private static List<string> Templates(EndpointHandler action)
    {
        var own = TemplatesOn(action.Method);
        if (own.Count > 0
            && own.All(static template => template.StartsWith("/", StringComparison.Ordinal)
                || template.StartsWith("~/", StringComparison.Ordinal)))
            return own;
        for (var at = action.Class; at is not null; at = at.BaseType)
        {
            if (TemplatesOn(at) is { Count: > 0 } prefixes)
                return [.. prefixes, .. own];
        }
        return own;
    }

    private static List<string> TemplatesOn(ISymbol symbol) => [.. symbol.GetAttributes()
        .Where(static attribute =>
            attribute.AttributeClass?.AllInterfaces.Any(static face => face.Name == "IRouteTemplateProvider") == true)
        .Select(static attribute =>
            attribute.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Primitive, Value: string text } ? text : null)
        .OfType<string>()];
}
