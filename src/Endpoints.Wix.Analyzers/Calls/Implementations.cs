using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Calls;

/// <summary>Finds the members of a compilation that can answer a call of an interface's, an abstract or a virtual member.</summary>
internal sealed class Implementations
{
    private readonly Compilation _compilation;
    private readonly Lazy<ILookup<ISymbol, IMethodSymbol>> _byMember;
    private readonly Lazy<IReadOnlyList<INamedTypeSymbol>> _types;

    public Implementations(Compilation compilation)
    {
        _compilation = compilation;
        _types = new(() => [.. TypesIn(compilation.Assembly.GlobalNamespace)]);
        _byMember = new(() => _types.Value.SelectMany(Pairs)
            .ToLookup<(ISymbol Member, IMethodSymbol By), ISymbol, IMethodSymbol>(
                static pair => pair.Member, static pair => pair.By, SymbolEqualityComparer.Default));
    }

    /// <summary>Returns the methods that implement or override a member.</summary>
    public IEnumerable<IMethodSymbol> Of(IMethodSymbol member) => _byMember.Value[member.OriginalDefinition];

    /// <summary>
    /// Returns the methods of a class by which other assemblies call it, since they know the interface or base class. What a host calls by
    /// itself is no part of them.
    /// </summary>
    public IEnumerable<IMethodSymbol> CalledFromOutside(INamedTypeSymbol type) => Pairs(type)
        .Where(pair => !SymbolEqualityComparer.Default.Equals(pair.Member.ContainingAssembly, _compilation.Assembly)
            && pair.Member.ContainingNamespace?.ToDisplayString() != "Microsoft.Extensions.Hosting")
        .Select(static pair => pair.By);

    private IEnumerable<(ISymbol Member, IMethodSymbol By)> Pairs(INamedTypeSymbol type)
    {
        foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
        {
            for (var at = method.OverriddenMethod; at is not null; at = at.OverriddenMethod)
                yield return (at.OriginalDefinition, method);
        }
        foreach (var member in type.AllInterfaces.SelectMany(static face => face.GetMembers().OfType<IMethodSymbol>()))
        {
            if (type.FindImplementationForInterfaceMember(member) is IMethodSymbol by
                && SymbolEqualityComparer.Default.Equals(by.ContainingAssembly, _compilation.Assembly))
                yield return (member.OriginalDefinition, by.OriginalDefinition);
        }
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type)
                yield return type;
            foreach (var inner in TypesIn(member))
                yield return inner;
        }
    }
}
