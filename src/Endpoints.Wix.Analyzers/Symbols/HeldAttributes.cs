using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Symbols;

/// <summary>Reads attributes as the running application does: declared ones, and inherited ones that allow inheritance.</summary>
internal static class HeldAttributes
{
    /// <summary>Returns the attributes of a class or a method, the nearest first.</summary>
    public static IEnumerable<AttributeData> On(ISymbol symbol)
    {
        for (var at = symbol; at is not null; at = at is IMethodSymbol method
            ? method.OverriddenMethod : (at as INamedTypeSymbol)?.BaseType)
        {
            foreach (var attribute in at.GetAttributes())
            {
                if (at.Equals(symbol, SymbolEqualityComparer.Default) || IsInherited(attribute.AttributeClass))
                    yield return attribute;
            }
        }
    }

    /// <summary>
    /// Determines whether an attribute lets everyone in: <c>[AllowAnonymous]</c>, or an equivalent attribute of the application.
    /// </summary>
    public static bool IsAnonymous(AttributeData attribute) => Implements(attribute.AttributeClass, "IAllowAnonymous");

    /// <summary>
    /// Determines whether an attribute has requirements for callers: <c>[Authorize]</c>, or an equivalent attribute of the application. An
    /// attribute that the compiler may omit has none.
    /// </summary>
    public static bool IsDemand(AttributeData attribute) => IsDemand(attribute.AttributeClass) && !IsConditional(attribute);

    /// <summary>Determines whether an object of a type has requirements for callers, wherever it is added as metadata.</summary>
    public static bool IsDemand(ITypeSymbol? type) =>
        Implements(type, "IAuthorizeData") || Implements(type, "IAuthorizationRequirementData");

    /// <summary>Determines whether the compiler may omit the attribute, because of <c>[Conditional("DEBUG")]</c> on its class.</summary>
    public static bool IsConditional(AttributeData attribute) =>
        attribute.AttributeClass.SelfAndBases()
            .Any(static type =>
                type.GetAttributes().Any(static on => on.AttributeClass?.ToDisplayString() == "System.Diagnostics.ConditionalAttribute"));

    // By the framework's own interface: one of the same name elsewhere means nothing to it.
    private static bool Implements(ITypeSymbol? type, string face) => type?.AllInterfaces.Any(implemented =>
        implemented.Name == face && implemented.ContainingNamespace.ToDisplayString() == "Microsoft.AspNetCore.Authorization"
        && implemented.ContainingAssembly?.Name is "Microsoft.AspNetCore.Metadata" or "Microsoft.AspNetCore.Authorization") == true;

    private static bool IsInherited(INamedTypeSymbol? type) => type.SelfAndBases()
        .Select(static at =>
            at.GetAttributes().FirstOrDefault(static on => on.AttributeClass?.ToDisplayString() == "System.AttributeUsageAttribute"))
        .FirstOrDefault(static usage => usage is not null)?.NamedArguments.Any(
            static named => named is { Key: nameof(AttributeUsageAttribute.Inherited), Value.Value: false }) != true;
}
