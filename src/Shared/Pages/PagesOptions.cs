using Endpoints.Shared.Collections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Endpoints.Generator.Pages;

/// <summary>Where a project keeps its endpoint files.</summary>
/// <param name="ProjectPrefix">How the paths of the project's own files begin, with a <c>/</c> at the end; empty when unknown.</param>
/// <param name="Roots">The pages folders; those that lie within others come first.</param>
internal sealed record PagesOptions(string ProjectPrefix, EquatableArray<PagesRoot> Roots)
{
    private const string Extension = ".cs";

    private const string FolderFile = "_folder";

    private static readonly string[] CodeBehind = [".cshtml.cs", ".razor.cs"];

    /// <summary>Reads the project's settings, as the package's targets hand them to the compiler.</summary>
    public static PagesOptions Read(AnalyzerConfigOptions options)
    {
        options.TryGetValue("build_property.ProjectDir", out var directory);
        options.TryGetValue("build_property.EndpointsPagesRoots", out var roots);
        var project = Resolve(directory ?? "").TrimEnd('/');
        project = project.Length == 0 && string.IsNullOrEmpty(directory) ? "" : project + "/";

        var texts = (roots ?? "").Split('|', ';').Select(static text => Resolve(text.Trim()).TrimEnd('/')).Where(static text => text.Length > 0).Distinct().ToArray();
        return new PagesOptions(project, (texts.Length == 0 ? ["pages"] : texts)
            .Select(text =>
            {
                var prefix = (IsRooted(text) ? text : Resolve(project + text)) + "/";
                return new PagesRoot(text, prefix, prefix.StartsWith(project, StringComparison.Ordinal) ? project.Length : 0);
            })
            .OrderByDescending(static root => root.Prefix.Length)
            .ToEquatableArray());
    }

    /// <summary>Finds out what a source file is; null when it has nothing to do with routes.</summary>
    public PageSource? Locate(SyntaxTree tree)
    {
        var path = tree.FilePath;
        if (!path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) || CodeBehind.Any(end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase)))
            return null;
        path = Resolve(path);
        if (path == Extension || path.EndsWith("/" + Extension, StringComparison.OrdinalIgnoreCase))
            return null; // a hidden file without a name
        if (!IsRooted(path))
            path = ProjectPrefix + path;

        foreach (var root in Roots)
        {
            if (root.Contains(path))
            {
                var below = path.Substring(root.Prefix.Length);
                var name = below.Substring(0, below.Length - Extension.Length);
                var kind = name == FolderFile || name.EndsWith("/" + FolderFile, StringComparison.Ordinal) ? PageKind.Folder : PageKind.Page;
                return new PageSource(tree, $"{root.Text}/{below}", name, kind);
            }
        }

        var isLinked = ProjectPrefix.Length > 0 && !path.StartsWith(ProjectPrefix, StringComparison.OrdinalIgnoreCase);
        foreach (var root in Roots)
        {
            if (isLinked ? path.Contains($"/{root.Name}/") : root.ContainsInAnyCase(path))
                return new PageSource(tree, isLinked ? path : path.Substring(ProjectPrefix.Length), root.Text, PageKind.Stray);
        }
        return null;
    }

    private static bool IsRooted(string path) => path.Length > 0 && (path[0] == '/' || (path.Length > 1 && path[1] == ':'));

    // Brings a path to '/' and takes '.' and '..' out of it, without asking the file system.
    private static string Resolve(string path)
    {
        path = path.Replace('\\', '/');
        if (!path.StartsWith(".", StringComparison.Ordinal) && !path.Contains("/.") && !path.Contains("//"))
            return path;

        var names = new List<string>();
        foreach (var name in path.Split('/'))
        {
            if (name == ".." && names.Count > 0 && names[names.Count - 1] is not (".." or ""))
                names.RemoveAt(names.Count - 1);
            else if (name != "." && (name.Length > 0 || names.Count == 0))
                names.Add(name);
        }
        return string.Join("/", names);
    }
}
