using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Endpoints.Shared.CodeFixes;

/// <summary>Changes the return type of an <c>async void</c> method to <see cref="Task"/>.</summary>
internal static class ReturnedTask
{
    /// <summary>The title that the user sees.</summary>
    public const string Title = "Return a Task";

    /// <summary>Returns the <c>void</c> that a diagnostic is about, or <see langword="null"/> if it is about something else.</summary>
    public static PredefinedTypeSyntax? VoidAt(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan) is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } nothing
            ? nothing : null;

    /// <summary>Returns the file with a <see cref="Task"/> in the place of <c>void</c>.</summary>
    public static SyntaxNode InsteadOf(PredefinedTypeSyntax nothing, SyntaxNode root) => root.ReplaceNode(
        nothing,
        SyntaxFactory.ParseTypeName("global::System.Threading.Tasks.Task").WithTriviaFrom(nothing)
            .WithAdditionalAnnotations(Simplifier.Annotation));
}
