using Microsoft.CodeAnalysis;

namespace Endpoints.Shared.Pages;

/// <summary>A source file that the route table may have to do with.</summary>
/// <remarks>
/// It holds the syntax tree, which is what makes an unchanged file cost nothing: the tree of a file that was not edited is the same object in the next
/// compilation. What is read from it, <see cref="Page"/>, holds none.
/// </remarks>
/// <param name="Tree">The file's text, parsed.</param>
/// <param name="File">The file as the route table shows it: the pages folder and the path below, with <c>/</c>.</param>
/// <param name="Path">The path below the pages folder, without the extension.</param>
/// <param name="Kind">What the file is.</param>
internal sealed record PageSource(SyntaxTree Tree, string File, string Path, PageKind Kind)
{
    /// <summary>The folder that the file lies in: <c>pages/api</c>.</summary>
    public string Directory => File.Substring(0, Math.Max(0, File.LastIndexOf('/')));
}
