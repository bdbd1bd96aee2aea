using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Symbols;

/// <summary>
/// Reads every operation of every member, initializer and attribute in the source of a compilation, regardless of how it is written.
/// </summary>
internal static class SourceOperations
{
    /// <summary>Returns all operations in the order of the code, nested operations after those that contain them.</summary>
    public static IEnumerable<IOperation> Of(Compilation compilation, CancellationToken cancellationToken)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var root in In(tree.GetRoot(cancellationToken), model, cancellationToken))
            {
                foreach (var operation in root.DescendantsAndSelf())
                    yield return operation;
            }
        }
    }

    /// <summary>Returns every attribute in the source, including those on lambdas and parameters, with its type.</summary>
    public static IEnumerable<(AttributeSyntax Syntax, INamedTypeSymbol Type, SemanticModel Model)> Attributes(Compilation compilation,
        CancellationToken cancellationToken)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            SemanticModel? model = null;
            foreach (var attribute in tree.GetRoot(cancellationToken).DescendantNodes().OfType<AttributeSyntax>())
            {
                model ??= compilation.GetSemanticModel(tree);
                if (model.GetSymbolInfo(attribute, cancellationToken).Symbol is { ContainingType: { } type })
                    yield return (attribute, type, model);
            }
        }
    }

    /// <summary>
    /// Returns the outermost operations in a part of the code: bodies, initializers, statements at the top of a file. Attributes of what
    /// stands within them are no part of them.
    /// </summary>
    public static IEnumerable<IOperation> In(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken)
    {        cancellationToken.ThrowIfCancellationRequested();
        foreach (var child in node.ChildNodes())
        {
            if (child is AttributeListSyntax)
                continue;
            // A type with a primary constructor is an operation too, and its members are no part of it.
            if (child is not (NameSyntax or TypeSyntax or BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax
                or UsingDirectiveSyntax)
                && model.GetOperation(child, cancellationToken) is { } operation)
            {
                yield return operation;
            }
            else
            {
                foreach (var inner in In(child, model, cancellationToken))
                    yield return inner;
            }
        }
    }
}
