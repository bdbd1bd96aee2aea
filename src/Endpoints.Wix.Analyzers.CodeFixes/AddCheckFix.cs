using System.Collections.Immutable;
using System.Composition;
using Endpoints.Shared.CodeFixes;
using Endpoints.Wix.Analyzers.Guards;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Simplification;

namespace Endpoints.Wix.Analyzers.CodeFixes;

/// <summary>
/// Adds a check to an elevated write, with its class in the same file. The check rejects everyone until it is implemented.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddCheckFix))]
[Shared]
internal sealed class AddCheckFix : DiagnosticFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [GuardRules.WriteWithoutCheck.Id];

    /// <summary>Returns <see langword="null"/>, because ownership has to be decided for each endpoint.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    private protected override async Task RegisterAsync(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic)
    {
        // An [Elevate] in another file, such as _folder.cs, stands for more endpoints than this one.
        if (diagnostic.AdditionalLocations.Count == 0 || diagnostic.AdditionalLocations[0] is not { SourceTree: { } tree } written
            || tree.FilePath != root.SyntaxTree.FilePath
            || !diagnostic.Properties.TryGetValue(WriteWithoutCheckAnalyzer.ResourceProperty, out var resource) || resource is null
            || root.FindNode(written.SourceSpan, getInnermostNodeForTie: true)
                .FirstAncestorOrSelf<SyntaxNode>(static at => at is AttributeSyntax or InvocationExpressionSyntax) is not { } elevate
            || Named(elevate, "Check") is null)
        {
            return;
        }
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        var name = AddedClass.Free(model, elevate.SpanStart,
            "Owns" + Thing(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), resource));
        Offer(context, diagnostic, $"Add the check '{name}'", () => Checked(root, elevate, name, resource));
    }

    private static SyntaxNode Checked(SyntaxNode root, SyntaxNode elevate, string name, string resource)
    {
        var marked = root.ReplaceNode(elevate, Named(elevate, name)!.WithAdditionalAnnotations(AddedClass.Beside));
        return AddedClass.To(marked, $$"""
            // Add it to the services as well: builder.Services.AddScoped<{{name}}>().
            internal sealed class {{name}} : global::Endpoints.Wix.IElevationCheck
            {
                // TODO: whether context.Argument<...>("{{resource}}") is context.Caller's own. Until this is written, nobody gets through.
                public global::System.Threading.Tasks.ValueTask<bool> IsAllowedAsync(global::Endpoints.Wix.ElevationCheckContext context, global::System.Threading.CancellationToken cancellationToken) => new(false);
            }
            """);
    }

    // Null where the check would have to go into a lambda that does something else: that is for people to write.
    private static SyntaxNode? Named(SyntaxNode elevate, string name)
    {
        var check = SyntaxFactory.TypeOfExpression(SyntaxFactory.IdentifierName(name)).WithLeadingTrivia(SyntaxFactory.Space)
            .WithAdditionalAnnotations(Simplifier.Annotation);
        switch (elevate)
        {
            case AttributeSyntax { ArgumentList: { } list } attribute:
                if (list.Arguments.FirstOrDefault(
                    static argument => argument.NameEquals?.Name.Identifier.ValueText == "Check") is { } given)
                    return attribute.ReplaceNode(given, given.WithExpression(check.WithoutLeadingTrivia()));
                return attribute.WithArgumentList(list.AddArguments(
                    SyntaxFactory.AttributeArgument(
                        SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName("Check").WithTrailingTrivia(SyntaxFactory.Space)), null,
                        check).WithLeadingTrivia(SyntaxFactory.Space)));

            case InvocationExpressionSyntax call:
                return ElevateLambda.Set(call, "Check", check);

            default:
                return null;
        }
    }

    // The order of {orderId}; of a plain {id}, what the endpoint's class or the last word of its path says.
    private static string Thing(SyntaxNode place, string resource)
    {
        if (resource.Length > 2 && resource.EndsWith("Id", StringComparison.OrdinalIgnoreCase))
            return AddedClass.Pascal(resource.Substring(0, resource.Length - 2));
        if (!resource.Equals("id", StringComparison.OrdinalIgnoreCase))
            return AddedClass.Pascal(resource);
        if (place.FirstAncestorOrSelf<LiteralExpressionSyntax>() is { Token.Value: string pattern })
        {
            var word = pattern.Split('/').LastOrDefault(static part => part.Length > 0 && part.IndexOf('{') < 0) ?? "resource";
            return AddedClass.Pascal(
                word.Length > 1 && word.EndsWith("s", StringComparison.Ordinal) ? word.Substring(0, word.Length - 1) : word);
        }
        var type = place.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.Identifier.ValueText ?? "Resource";
        return type.EndsWith("Controller", StringComparison.Ordinal) && type.Length > 10 ? type.Substring(0, type.Length - 10) : type;
    }
}
