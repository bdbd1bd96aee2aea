using Microsoft.CodeAnalysis;

namespace Endpoints.Shared.Pages;

/// <summary>Represents a source file that may be relevant to the route table.</summary>
/// <remarks>
/// The object holds the syntax tree, so that an unchanged file costs nothing: the tree of an unedited file is the same object in the next
/// compilation. The result of reading it, <see cref="Page"/>, does not hold a tree.
/// </remarks>
/// <param name="Tree">The syntax tree of the file.</param>
/// <param name="File">The file as the route table shows it: the pages folder and the path below it, with <c>/</c>.</param>
/// <param name="Path">The path below the pages folder, without the extension.</param>
/// <param name="Kind">The kind of file.</param>
internal sealed record PageSource(SyntaxTree Tree, string File, string Path, PageKind Kind)
{
    /// <summary>Gets the folder that contains the file: <c>pages/api</c>.</summary>
    public string Directory => File.Substring(0, Math.Max(0, File.LastIndexOf('/')));
}
