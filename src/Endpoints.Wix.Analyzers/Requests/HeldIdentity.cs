using Endpoints.Wix.Analyzers.Symbols;
using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Requests;

/// <summary>
/// Finds an identity within a type whose values come from outside: in its members, in their members, in the elements of its collections.
/// </summary>
internal static class HeldIdentity
{
    /// <summary>Returns the member that is an identity and is set from outside, or <see langword="null"/> if there is none.</summary>
    public static string? In(ITypeSymbol type) => In(type, new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default));

    private static string? In(ITypeSymbol type, HashSet<ITypeSymbol> seen)
    {
        if (!seen.Add(type))
            return null;
        if (Validators.ElementOf(type) is { } element)
            return WixSymbols.IsIdentity(element) ? element.Name : In(element, seen);
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface)
            || type.ContainingNamespace?.ToDisplayString().Split('.')[0] is "System" or "Microsoft" || RequestedIds.IsSimple(type))
            return null;
        for (var at = type; at is { SpecialType: SpecialType.None }; at = at.BaseType)
        {
            foreach (var property in at.GetMembers().OfType<IPropertySymbol>())
            {
                if (property is not { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public }
                    || IsIgnored(property))
                    continue;
                var isFilled = property.SetMethod is not null || at is INamedTypeSymbol made && made.InstanceConstructors.Any(constructor =>
                    constructor.Parameters.Any(parameter => parameter.Name.Equals(property.Name, StringComparison.OrdinalIgnoreCase)));
                if (isFilled
                    && (WixSymbols.IsIdentity(property.Type) ? $"{type.Name}.{property.Name}" : In(property.Type, seen)) is { } found)
                    return found;
            }
        }
        return null;
    }

    private static bool IsIgnored(IPropertySymbol property) => property.GetAttributes().Any(static attribute =>
        attribute.AttributeClass?.Name is "JsonIgnoreAttribute" or "BindNeverAttribute"
            && attribute.NamedArguments.All(static named => named is not { Key: "Condition", Value.Value: not 1 }));
}
