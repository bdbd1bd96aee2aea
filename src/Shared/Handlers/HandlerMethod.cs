using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Endpoints.Shared.Handlers;

/// <summary>A method of a handler class that its name or an attribute makes a handler.</summary>
internal sealed class HandlerMethod
{
    /// <summary>A method that the file itself declares.</summary>
    public HandlerMethod(MethodDeclarationSyntax syntax, IReadOnlyList<string> verbs) =>
        (Syntax, Name, Verbs, IsStatic) = (syntax, syntax.Identifier.ValueText, verbs, syntax.Modifiers.Any(SyntaxKind.StaticKeyword));

    /// <summary>A method of a base class, or of a part of the class in another file.</summary>
    public HandlerMethod(IMethodSymbol symbol, IReadOnlyList<string> verbs) => (Symbol, Name, Verbs, IsStatic) = (symbol, symbol.Name, verbs, symbol.IsStatic);

    public MethodDeclarationSyntax? Syntax { get; }

    public IMethodSymbol? Symbol { get; }

    public string Name { get; }

    /// <summary>The HTTP methods, in upper case.</summary>
    public IReadOnlyList<string> Verbs { get; }

    public bool IsStatic { get; }
}
