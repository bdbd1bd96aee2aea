using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Endpoints.Shared.Handlers;

/// <summary>Represents a method of a handler class that is a handler because of its name or an attribute.</summary>
internal sealed class HandlerMethod
{
    /// <summary>Initializes a new instance of the <see cref="HandlerMethod"/> class for a method that the file itself declares.</summary>
    public HandlerMethod(MethodDeclarationSyntax syntax, IReadOnlyList<string> verbs) =>
        (Syntax, Name, Verbs, IsStatic) = (syntax, syntax.Identifier.ValueText, verbs, syntax.Modifiers.Any(SyntaxKind.StaticKeyword));

    /// <summary>
    /// Initializes a new instance of the <see cref="HandlerMethod"/> class for a method of a base class, or of a part of the class in
    /// another file.
    /// </summary>
    public HandlerMethod(IMethodSymbol symbol, IReadOnlyList<string> verbs) =>
        (Symbol, Name, Verbs, IsStatic) = (symbol, symbol.Name, verbs, symbol.IsStatic);

    public MethodDeclarationSyntax? Syntax { get; }

    public IMethodSymbol? Symbol { get; }

    public string Name { get; }

    /// <summary>Gets the HTTP methods, in upper case.</summary>
    public IReadOnlyList<string> Verbs { get; }

    public bool IsStatic { get; }
}
