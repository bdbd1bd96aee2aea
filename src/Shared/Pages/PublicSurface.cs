using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Endpoints.Shared.Pages;

/// <summary>
/// Finds the types of a project that the compiler demands to be public: those of files that are called from outside, and what their public
/// members are made of.
/// </summary>
internal sealed class PublicSurface
{
    private readonly IAssemblySymbol _assembly;
    private readonly HashSet<ISymbol> _types = new(SymbolEqualityComparer.Default);
    private readonly Queue<INamedTypeSymbol> _unread = new();

    private PublicSurface(IAssemblySymbol assembly) => _assembly = assembly;

    /// <summary>Returns the types.</summary>
    /// <param name="assembly">The project's assembly.</param>
    /// <param name="pages">The files.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    public static HashSet<ISymbol> Of(IAssemblySymbol assembly, IEnumerable<SemanticModel> pages, CancellationToken cancellationToken)
    {
        var surface = new PublicSurface(assembly);
        foreach (var page in pages)
        {
            foreach (var declaration in page.SyntaxTree.GetRoot(cancellationToken)
                .DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
                .OfType<BaseTypeDeclarationSyntax>())
                surface.Add(page.GetDeclaredSymbol(declaration, cancellationToken) as ITypeSymbol);
        }

        while (surface._unread.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            surface.AddMembers(surface._unread.Dequeue());
        }

        return surface._types;
    }

    private void AddMembers(INamedTypeSymbol type)
    {
        Add(type.BaseType);
        Add(type.ContainingType);
        foreach (var member in type.GetMembers())
        {
            if (member.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
                continue;
            switch (member)
            {
                case IPropertySymbol property:
                    Add(property.Type);
                    break;
                case IFieldSymbol field:
                    Add(field.Type);
                    break;
                case IEventSymbol raised:
                    Add(raised.Type);
                    break;
                case IMethodSymbol method:
                    Add(method.ReturnType);
                    foreach (var parameter in method.Parameters)
                        Add(parameter.Type);
                    break;
            }
        }
    }

    private void Add(ITypeSymbol? type)
    {
        while (type is IArrayTypeSymbol array)
            type = array.ElementType;
        if (type is not INamedTypeSymbol named)
            return;
        foreach (var argument in named.TypeArguments)
            Add(argument);
        var definition = named.OriginalDefinition;
        if (SymbolEqualityComparer.Default.Equals(definition.ContainingAssembly, _assembly)
            && definition.DeclaredAccessibility == Accessibility.Public && _types.Add(definition))
            _unread.Enqueue(definition);
    }
}
