using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Endpoints.Shared.Pages;

/// <summary>Represents a type that a file declares at its top level, with all its parts in this file.</summary>
internal sealed class DeclaredType(TypeDeclarationSyntax first)
{
    private readonly List<TypeDeclarationSyntax> _parts = [first];

    public IReadOnlyList<TypeDeclarationSyntax> Parts => _parts;

    public string Name => first.Identifier.ValueText;

    public SyntaxToken Identifier => first.Identifier;

    public bool IsStatic => Has(SyntaxKind.StaticKeyword);

    public bool IsAbstract => Has(SyntaxKind.AbstractKeyword);

    public bool IsPublic => Has(SyntaxKind.PublicKeyword);

    public bool IsFileLocal => Has(SyntaxKind.FileKeyword);

    public bool IsPartial => Has(SyntaxKind.PartialKeyword);

    public bool IsGeneric => first.TypeParameterList is not null;

    public bool IsClass => first.Kind() is SyntaxKind.ClassDeclaration or SyntaxKind.RecordDeclaration;

    public bool IsInterface => first.IsKind(SyntaxKind.InterfaceDeclaration);

    public bool HasBases => Parts.Any(static part => part.BaseList is not null);

    public IEnumerable<MemberDeclarationSyntax> Members => Parts.SelectMany(static part => part.Members);

    /// <summary>Gets the fully qualified C# name of the type, which is unambiguous everywhere: <c>global::Shop.Products</c>.</summary>
    public string FullName
    {
        get
        {
            var name = Escaped(first.Identifier);
            for (var node = first.Parent; node is BaseNamespaceDeclarationSyntax space; node = node.Parent)
            {
                var parts = space.Name.DescendantTokens().Where(static token => token.IsKind(SyntaxKind.IdentifierToken)).Select(Escaped);
                name = $"{string.Join(".", parts)}.{name}";
            }

            return "global::" + name;
        }
    }

    /// <summary>Returns the types that a file declares at its top level or in namespaces, in the order of the file.</summary>
    public static IReadOnlyList<DeclaredType> In(CompilationUnitSyntax file)
    {
        var types = new List<DeclaredType>();
        Add(file.Members, types);
        return types;
    }

    private static void Add(SyntaxList<MemberDeclarationSyntax> members, List<DeclaredType> types)
    {
        foreach (var member in members)
        {
            if (member is BaseNamespaceDeclarationSyntax space)
                Add(space.Members, types);
            else if (member is TypeDeclarationSyntax type)
            {
                if (types.FirstOrDefault(other => other.IsSameAs(type)) is { } same)
                    same._parts.Add(type);
                else
                    types.Add(new DeclaredType(type));
            }
        }
    }

    private bool IsSameAs(TypeDeclarationSyntax other) =>
        other.Identifier.ValueText == Name
        && other.Modifiers.Any(SyntaxKind.PartialKeyword)
        && other.TypeParameterList?.Parameters.Count == first.TypeParameterList?.Parameters.Count
        && new DeclaredType(other).FullName == FullName;

    private bool Has(SyntaxKind modifier) => Parts.Any(part => part.Modifiers.Any(modifier));

    // Any identifier may be written with '@'; only keywords must be.
    private static string Escaped(SyntaxToken identifier)
    {
        var name = identifier.ValueText;
        var isKeyword = SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None
            || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None;
        return isKeyword ? "@" + name : name;
    }
}
