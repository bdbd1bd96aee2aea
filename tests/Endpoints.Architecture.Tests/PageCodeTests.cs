using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Endpoints.Architecture.Tests;

/// <summary>The code in README and the pages builds in projects whose analyzers are strict.</summary>
public sealed partial class PageCodeTests
{
    /// <summary>CA1050: outside of a namespace nothing is public.</summary>
    [Fact]
    public void D13_Public_types_in_the_pages_lie_in_a_namespace()
    {
        var blocks =
            from page in Pages.All
            where !page.Contains("diagnostics", StringComparison.Ordinal)
            from Match block in Block().Matches(Pages.Read(page))
            select (Page: page, Types: CSharpSyntaxTree.ParseText(block.Groups[1].Value).GetCompilationUnitRoot().Members);
        var found = blocks.ToList();

        Assert.InRange(found.Count(static block => block.Types.OfType<BaseNamespaceDeclarationSyntax>().Any()), 5, 100);
        Assert.Empty(
            from block in found
            from type in block.Types.OfType<BaseTypeDeclarationSyntax>()
            where type.Modifiers.Any(SyntaxKind.PublicKeyword)
            select $"{block.Page}: {type.Identifier.Text}");
    }

    [GeneratedRegex("^```(?:csharp|cs)\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
