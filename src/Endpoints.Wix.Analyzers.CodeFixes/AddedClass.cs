using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Endpoints.Wix.Analyzers.CodeFixes;

/// <summary>Adds a class at the end of a file, or of the namespace that contains a given node.</summary>
internal static class AddedClass
{
    /// <summary>Gets the annotation that marks the node whose namespace the class is added to.</summary>
    public static SyntaxAnnotation Beside { get; } = new("Endpoints.Beside");

    /// <summary>Returns the name, with a number appended if it is already in use.</summary>
    public static string Free(SemanticModel? model, int position, string name)
    {
        var free = name;
        for (var number = 2; model?.LookupSymbols(position, name: free).Any() == true; number++)
            free = name + number;
        return free;
    }

    /// <summary>Converts a name in a route to a C# name: <c>blog-post</c> becomes <c>BlogPost</c>.</summary>
    public static string Pascal(string name)
    {
        var words = new string([.. name.Select(static c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(
            [' '], StringSplitOptions.RemoveEmptyEntries);
        var pascal = string.Concat(words.Select(static word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
        return pascal.Length == 0 || char.IsDigit(pascal[0]) ? "Resource" + pascal : pascal;
    }

    /// <summary>Returns the file with the class added.</summary>
    /// <param name="root">The file, with a node that is marked with <see cref="Beside"/>.</param>
    /// <param name="text">The class, with fully qualified type names.</param>
    public static SyntaxNode To(SyntaxNode root, string text)
    {
        var ends = root.DescendantTrivia()
            .FirstOrDefault(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } used ? used.ToString() : "\n";
        var beside = root.GetAnnotatedNodes(Beside).FirstOrDefault();
        // A namespace in braces gets it within them; one for the whole file, and a file without, at the end.
        var space = beside?.FirstAncestorOrSelf<NamespaceDeclarationSyntax>();
        var indentation = space is null ? "" : new string(' ', 4 * space.AncestorsAndSelf().OfType<NamespaceDeclarationSyntax>().Count());
        var lines = text.Replace("\r\n", "\n").Split('\n').Select(line => line.Length == 0 ? line : indentation + line);
        var added = SyntaxFactory.ParseMemberDeclaration(string.Join(ends, lines))!;
        added = added.ReplaceNodes(
            added.DescendantNodes().OfType<QualifiedNameSyntax>().Where(static name => name.Parent is not QualifiedNameSyntax),
            static (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));

        // A blank line before it, an end of line behind.
        var before = ((CompilationUnitSyntax)root).EndOfFileToken.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)
            || space is not null ? ends : ends + ends;
        added = added.WithLeadingTrivia(added.GetLeadingTrivia().Insert(0, SyntaxFactory.EndOfLine(before)))
            .WithTrailingTrivia(SyntaxFactory.EndOfLine(ends));
        return space is not null ? root.ReplaceNode(space, space.AddMembers(added))
            : root.DescendantNodes().OfType<FileScopedNamespaceDeclarationSyntax>().FirstOrDefault() is { } whole
                ? root.ReplaceNode(whole, whole.AddMembers(added))
            : ((CompilationUnitSyntax)root).AddMembers(added);
    }
}
