using Endpoints.Wix.Analyzers.Routes;
using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Requests;

/// <summary>Finds values that a handler takes from the request and that name a Wix site or an app's instance.</summary>
internal static class RequestedIds
{
    // A body with a customer with an address is deep enough; a type that contains itself must end.
    private const int Depth = 3;

    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "instanceId", "appInstanceId", "wixInstanceId", "siteId", "metaSiteId", "wixSiteId", "msid", "wixMetaSiteId",
    };

    private static readonly HashSet<string> Sources =
        new(StringComparer.Ordinal) { "FromQueryAttribute", "FromRouteAttribute", "FromHeaderAttribute", "FromFormAttribute",
            "FromBodyAttribute", "BindPropertyAttribute" };

    /// <summary>
    /// Determines whether a name, in any spelling, is that of a site or instance: <c>instanceId</c>, <c>instance_id</c>,
    /// <c>wix-site-id</c>, <c>X-Wix-Site-Id</c>.
    /// </summary>
    public static bool IsName(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return false;
        var letters = new string([.. name!.Where(static c => c is not ('_' or '-' or '.' or ' '))]);
        return Names.Contains(letters)
            || (letters.StartsWith("x", StringComparison.OrdinalIgnoreCase) && Names.Contains(letters.Substring(1)));
    }

    /// <summary>
    /// Returns the name of the site or instance that a parameter, or a property that is bound like one, takes: its own name, or a path into
    /// it. Returns <see langword="null"/> if it takes neither.
    /// </summary>
    /// <param name="symbol">The parameter or property.</param>
    /// <param name="type">The type of the parameter or property.</param>
    /// <param name="bindsBody">
    /// <see langword="true"/> if a complex parameter without attributes is bound from the request's body; otherwise,
    /// <see langword="false"/>.
    /// </param>
    public static string? In(ISymbol symbol, ITypeSymbol type, bool bindsBody)
    {
        if (GuardScope.HasAttribute(symbol, "FromServicesAttribute") || GuardScope.HasAttribute(symbol, "FromKeyedServicesAttribute"))
            return null;
        if (IsSimple(type))
            return IsName(symbol.Name) || IsName(BoundName(symbol)) ? symbol.Name : null;
        if (!IsComplex(type))
            return null;

        if (GuardScope.HasAttribute(symbol, "AsParametersAttribute"))
            return Members(type).Select(member => In(member.Symbol, member.Type, bindsBody)).Where(static found => found is not null)
                .Select(found => $"{symbol.Name}.{found}").FirstOrDefault();
        return bindsBody || symbol.GetAttributes().Any(static attribute => Sources.Contains(attribute.AttributeClass?.Name ?? ""))
            ? Within(type, symbol.Name, Depth)
            : null;
    }

    private static string? Within(ITypeSymbol type, string path, int depth)
    {
        if (depth == 0)
            return null;
        foreach (var (symbol, member) in Members(type))
        {
            if (GuardScope.HasAttribute(symbol, "JsonIgnoreAttribute"))
                continue;
            if (IsSimple(member) ? IsName(symbol.Name) || IsName(BoundName(symbol)) : false)
                return $"{path}.{symbol.Name}";
            var inner = Element(member);
            if (IsComplex(inner) && Within(inner, $"{path}.{symbol.Name}", depth - 1) is { } found)
                return found;
        }
        return null;
    }

    // What can be written from outside: properties with a setter, and what a record is made of.
    private static IEnumerable<(ISymbol Symbol, ITypeSymbol Type)> Members(ITypeSymbol type)
    {
        for (var at = type; at is { SpecialType: SpecialType.None }; at = at.BaseType)
        {
            foreach (var property in at.GetMembers().OfType<IPropertySymbol>())
            {
                if (property is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsIndexer: false,
                    SetMethod.DeclaredAccessibility: Accessibility.Public })
                    yield return (property, property.Type);
            }
        }
    }

    private static string? BoundName(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.Name is "JsonPropertyNameAttribute")
                return attribute.ConstructorArguments.FirstOrDefault().Value as string;
            if (Sources.Contains(attribute.AttributeClass?.Name ?? ""))
                return attribute.NamedArguments.FirstOrDefault(static named => named.Key == "Name").Value.Value as string;
        }
        return null;
    }

    private static ITypeSymbol Element(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { TypeArguments.Length: 1 } named
            when named.AllInterfaces.Any(static face => face.SpecialType == SpecialType.System_Collections_IEnumerable) =>
                named.TypeArguments[0],
        _ => type,
    };

    /// <summary>Determines whether a value of the type is one text in the request, or several of one kind.</summary>
    public static bool IsSimple(ITypeSymbol type) =>
        type is IArrayTypeSymbol array ? IsSimple(array.ElementType)
        : type.SpecialType is not (SpecialType.None or SpecialType.System_Object)
        || type.TypeKind == TypeKind.Enum
        || type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }
        || type.ToDisplayString() is "System.Guid" or "Microsoft.Extensions.Primitives.StringValues" or "System.Uri"
            or "System.Text.Json.JsonElement"
        || type.GetMembers("TryParse").OfType<IMethodSymbol>().Any(static method => method.IsStatic);

    // The framework's types, those of Wix, and those that bind themselves say nothing about what the client sends.
    private static bool IsComplex(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false, SpecialType: SpecialType.None } named
        && named.ContainingNamespace?.ToDisplayString() is var space
        && space?.Split('.')[0] is not ("System" or "Microsoft")
        && space is not ("Endpoints" or "Endpoints.Wix")
        && !named.GetMembers("BindAsync").OfType<IMethodSymbol>().Any(static method => method.IsStatic);
}
