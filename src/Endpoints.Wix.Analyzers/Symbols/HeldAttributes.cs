using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Symbols;

/// <summary>Reads attributes as the running application does: its own, and those inherited that let themselves be.</summary>
internal static class HeldAttributes
{
    /// <summary>The attributes that a class or a method has, the nearest first.</summary>
    public static IEnumerable<AttributeData> On(ISymbol symbol)
    {
        for (var at = symbol; at is not null; at = at is IMethodSymbol method ? method.OverriddenMethod : (at as INamedTypeSymbol)?.BaseType)
        {
            foreach (var attribute in at.GetAttributes())
            {
                if (at.Equals(symbol, SymbolEqualityComparer.Default) || IsInherited(attribute.AttributeClass))
                    yield return attribute;
            }
        }
    }

    /// <summary>Whether an attribute lets everybody in: <c>[AllowAnonymous]</c>, or one of the application's own.</summary>
    public static bool IsAnonymous(AttributeData attribute) => Implements(attribute.AttributeClass, "IAllowAnonymous");

    /// <summary>Whether an attribute demands something of callers: <c>[Authorize]</c>, or one of the application's own. One that the compiler may leave out demands nothing.</summary>
    public static bool IsDemand(AttributeData attribute) =>
        (Implements(attribute.AttributeClass, "IAuthorizeData") || Implements(attribute.AttributeClass, "IAuthorizationRequirementData")) && !IsConditional(attribute);

    /// <summary>Whether the compiler may leave the attribute out: <c>[Conditional("DEBUG")]</c> on its class.</summary>
    public static bool IsConditional(AttributeData attribute) =>
        SelfAndBases(attribute.AttributeClass).Any(static type => type.GetAttributes().Any(static on => on.AttributeClass?.ToDisplayString() == "System.Diagnostics.ConditionalAttribute"));

    // By the framework's own interface: one of the same name elsewhere means nothing to it.
    private static bool Implements(INamedTypeSymbol? type, string face) => type?.AllInterfaces.Any(implemented =>
        implemented.Name == face && implemented.ContainingNamespace.ToDisplayString() == "Microsoft.AspNetCore.Authorization"
        && implemented.ContainingAssembly?.Name is "Microsoft.AspNetCore.Metadata" or "Microsoft.AspNetCore.Authorization") == true;

    private static bool IsInherited(INamedTypeSymbol? type) => SelfAndBases(type)
        .Select(static at => at.GetAttributes().FirstOrDefault(static on => on.AttributeClass?.ToDisplayString() == "System.AttributeUsageAttribute"))
        .FirstOrDefault(static usage => usage is not null)?.NamedArguments.Any(static named => named is { Key: nameof(AttributeUsageAttribute.Inherited), Value.Value: false }) != true;

    private static IEnumerable<INamedTypeSymbol> SelfAndBases(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
            yield return type;
    }
}
