using Endpoints.Wix.Analyzers.Routes;
using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Requests;

/// <summary>Finds the types that a handler binds from the request's body or form.</summary>
internal static class RequestBodies
{
    private static readonly string[] FromBody = ["FromBodyAttribute", "FromFormAttribute"];

    private static readonly HashSet<string> Elsewhere = new(StringComparer.Ordinal)
    {
        "FromQueryAttribute", "FromRouteAttribute", "FromHeaderAttribute", "FromServicesAttribute", "FromKeyedServicesAttribute",
        "BindNeverAttribute",
    };

    /// <summary>
    /// Returns the parameters of a method that are bound from the body, or the members of an <c>[AsParameters]</c> type that are.
    /// </summary>
    /// <param name="method">The handler.</param>
    /// <param name="infersBody">
    /// <see langword="true"/> if a complex parameter without attributes is bound from the body or form; otherwise, <see langword="false"/>.
    /// </param>
    public static IEnumerable<(ISymbol Symbol, ITypeSymbol Type)> In(IMethodSymbol method, bool infersBody)
    {
        foreach (var parameter in method.Parameters)
        {
            if (!GuardScope.HasAttribute(parameter, "AsParametersAttribute"))
            {
                if (IsBody(parameter, [parameter], parameter.Type, infersBody))
                    yield return (parameter, parameter.Type);
                continue;
            }
            // A record's attributes stand on its constructor's parameters.
            foreach (var property in Properties(parameter.Type))
            {
                var made = (parameter.Type as INamedTypeSymbol)?.InstanceConstructors.SelectMany(
                    static constructor => constructor.Parameters)
                    .FirstOrDefault(made => made.Name.Equals(property.Name, StringComparison.OrdinalIgnoreCase));
                if (IsBody(property, made is null ? [property] : [property, made], property.Type, infersBody))
                    yield return (parameter, property.Type);
            }
        }
    }

    /// <summary>Returns the properties of a controller or page model that are bound from the body or form.</summary>
    public static IEnumerable<IPropertySymbol> In(INamedTypeSymbol type) => Properties(type)
        .Where(static property =>
            property.ContainingType.ContainingAssembly?.Name.StartsWith("Microsoft.", StringComparison.Ordinal) != true)
        .Where(property => IsBody(property, [property], property.Type,
            GuardScope.HasAttribute(property, "BindPropertyAttribute")
                || GuardScope.HasAttribute(property.ContainingType, "BindPropertiesAttribute")));

    /// <summary>Determines whether the HTTP methods have bodies that complex parameters are bound from.</summary>
    public static bool AreIn(IEnumerable<string> verbs) =>
        verbs.Any(static verb => verb is not ("GET" or "HEAD" or "DELETE" or "OPTIONS" or "TRACE" or "CONNECT"));

    /// <summary>Determines whether a type's own attributes or interface restrict its values, which MVC validates.</summary>
    public static bool IsAnnotated(ITypeSymbol type) =>
        type.AllInterfaces.Any(static face => face.Name == "IValidatableObject")
        || HasRule(type)
        || Properties(type).Any(static property => HasRule(property))
        || (type as INamedTypeSymbol)?.InstanceConstructors.Any(static constructor => constructor.Parameters.Any(HasRule)) == true;

    private static bool HasRule(ISymbol symbol) => symbol.GetAttributes().Any(static attribute =>
    {
        for (var at = attribute.AttributeClass; at is not null; at = at.BaseType)
        {
            if (at.Name == "ValidationAttribute" && at.ContainingNamespace.ToDisplayString() == "System.ComponentModel.DataAnnotations")
                return true;
        }
        return false;
    });

    private static bool IsBody(ISymbol symbol, ISymbol[] declarations, ITypeSymbol type, bool infersBody)
    {
        var isMarked = declarations.Any(static declaration => FromBody.Any(name => GuardScope.HasAttribute(declaration, name)));
        if (!isMarked
            && (!infersBody
                || declarations.Any(
                    static declaration =>
                        declaration.GetAttributes().Any(static attribute => Elsewhere.Contains(attribute.AttributeClass?.Name ?? "")))))
            return false;
        return IsData(type, isMarked, depth: 4) && symbol.Name.Length > 0;
    }

    // Whether a value of the type has members that the client writes, or is a dictionary with whatever names the client likes.
    private static bool IsData(ITypeSymbol type, bool isMarked, int depth)
    {
        if (depth == 0 || type.TypeKind is TypeKind.Error or TypeKind.TypeParameter or TypeKind.Delegate or TypeKind.Pointer)
            return false;
        if (Validators.ElementOf(type) is { } element)
        {
            var isDictionary = type.AllInterfaces.Add((type as INamedTypeSymbol)!)
                .Any(static face => face?.Name is "IDictionary" or "IReadOnlyDictionary" && face.TypeArguments.Length == 2);
            return isDictionary ? !IsRaw(type) : IsData(element, isMarked, depth - 1);
        }
        if (RequestedIds.IsSimple(type) || IsRaw(type) || BindsItself(type))
            return false;
        if (isMarked)
            return true;
        // What has nothing that JSON could fill is a service.
        return type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false } named && BaseIsOwn(named)
            && IsFilled(named);
    }

    private static bool IsFilled(INamedTypeSymbol type) => Properties(type).Any(property =>
        property.SetMethod is { DeclaredAccessibility: Accessibility.Public }
        || GuardScope.HasAttribute(property, "JsonIncludeAttribute")
        || type.InstanceConstructors.Any(constructor => constructor.Parameters.Any(parameter =>
            parameter.Name.Equals(property.Name, StringComparison.OrdinalIgnoreCase)
                && SymbolEqualityComparer.Default.Equals(parameter.Type, property.Type))));

    // A DbContext has properties, too.
    private static bool BaseIsOwn(INamedTypeSymbol type)
    {
        for (var at = type.BaseType; at is { SpecialType: SpecialType.None }; at = at.BaseType)
        {
            if (IsOfFramework(at) && at.SpecialType != SpecialType.System_ValueType)
                return false;
        }
        return true;
    }

    // Content as it came, and what the framework and the library hand out. What Wix's own models hold is data like any other.
    private static bool IsRaw(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_Object || IsOfFramework(type)
        || (type.ContainingAssembly?.Name is "Endpoints" or "Endpoints.Wix"
            && (type.ContainingNamespace?.ToDisplayString() == "Endpoints" || WixSymbols.IsIdentity(type)));

    private static bool IsOfFramework(ITypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString().Split('.')[0] is "System" or "Microsoft" && !IsCollectionOfOwn(type);

    private static bool IsCollectionOfOwn(ITypeSymbol type) =>
        type is INamedTypeSymbol { IsGenericType: true } && Validators.ElementOf(type) is not null;

    private static bool BindsItself(ITypeSymbol type) =>
        type.AllInterfaces.Any(static face => face.Name is "IBindableFromHttpContext" or "IParsable")
        || type.GetMembers("BindAsync").OfType<IMethodSymbol>().Any(static method => method.IsStatic);

    private static IEnumerable<IPropertySymbol> Properties(ITypeSymbol type)
    {
        for (var at = type; at is { SpecialType: SpecialType.None }; at = at.BaseType)
        {
            foreach (var property in at.GetMembers().OfType<IPropertySymbol>())
            {
                if (property is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsIndexer: false })
                    yield return property;
            }
        }
    }
}
