using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Symbols;

/// <summary>
/// Distinguishes generic types that return a value of their type argument, such as <c>Lazy&lt;T&gt;</c>, from those that are only named
/// after it, such as <c>ILogger&lt;T&gt;</c>.
/// </summary>
internal static class Holders
{
    // Lists of lists, and types that contain themselves.
    private const int Depth = 4;

    /// <summary>
    /// Determines whether a value of a generic type may return, or keep, a value of its type argument at the given position.
    /// </summary>
    public static bool Gives(INamedTypeSymbol definition, int place) => Gives(definition, definition.TypeParameters[place], Depth);

    private static bool Gives(INamedTypeSymbol definition, ITypeParameterSymbol parameter, int depth)
    {
        // What a delegate gives; what it takes is the affair of who calls it.
        if (definition.DelegateInvokeMethod is { } invoke)
            return Mentions(invoke.ReturnType, parameter, depth);
        return definition.GetMembers().Any(member => member switch
        {
            IFieldSymbol { IsStatic: false } field => Mentions(field.Type, parameter, depth),
            IPropertySymbol { IsStatic: false } property => Mentions(property.Type, parameter, depth),
            IMethodSymbol { IsStatic: false, MethodKind: MethodKind.Ordinary } method =>
                Mentions(method.ReturnType, parameter, depth)
                    || method.Parameters.Any(given => given.RefKind != RefKind.None && Mentions(given.Type, parameter, depth)),
            // A class of the project that is handed one keeps it, whatever it shows.
            IMethodSymbol { MethodKind: MethodKind.Constructor } constructor when definition.DeclaringSyntaxReferences.Length > 0 =>
                constructor.Parameters.Any(given => Mentions(given.Type, parameter, depth)),
            _ => false,
        }) || Mentions(definition.BaseType, parameter, depth) || definition.Interfaces.Any(face => Mentions(face, parameter, depth));
    }

    private static bool Mentions(ITypeSymbol? type, ITypeParameterSymbol parameter, int depth) => type switch
    {
        _ when depth == 0 => false,
        ITypeParameterSymbol other => SymbolEqualityComparer.Default.Equals(other, parameter),
        IArrayTypeSymbol array => Mentions(array.ElementType, parameter, depth),
        INamedTypeSymbol { TypeArguments.Length: > 0 } named => Enumerable.Range(0, named.TypeArguments.Length)
            .Any(i => Contains(named.TypeArguments[i], parameter) && Mentions(named.TypeArguments[i], parameter, depth - 1)
                && Gives(named.OriginalDefinition, named.OriginalDefinition.TypeParameters[i], depth - 1)),
        _ => false,
    };

    // Whether it is written there at all.
    private static bool Contains(ITypeSymbol type, ITypeParameterSymbol parameter) => type switch
    {
        ITypeParameterSymbol other => SymbolEqualityComparer.Default.Equals(other, parameter),
        IArrayTypeSymbol array => Contains(array.ElementType, parameter),
        INamedTypeSymbol named => named.TypeArguments.Any(argument => Contains(argument, parameter)),
        _ => false,
    };
}
