using Endpoints.Shared.Collections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Endpoints.Shared.Pages;

/// <summary>Where a project keeps its endpoint files.</summary>
/// <param name="ProjectPrefix">How the paths of the project's own files begin, with a <c>/</c> at the end; empty when unknown.</param>
/// <param name="Roots">The pages folders; those that lie within others come first.</param>
/// <param name="State">Whether the package's targets say so.</param>
internal sealed record PagesOptions(string ProjectPrefix, EquatableArray<PagesRoot> Roots, PagesState State)
{
    private const string Default = "pages";

    private const string Extension = ".cs";

    private const string FolderFile = "_folder";

    private static readonly string[] CodeBehind = [".cshtml.cs", ".razor.cs"];

    /// <summary>Reads the project's settings among the files that the compiler was given.</summary>
    public static PagesOptions Read(IEnumerable<AdditionalText> files, AnalyzerConfigOptions options, CancellationToken cancellationToken) =>
        Read([.. files.Where(PagesSettings.IsIn).Select(file => file.GetText(cancellationToken)?.ToString() ?? "")], options);

    /// <summary>Reads the project's settings.</summary>
    /// <param name="files">The texts of the files in which the package's targets hand them over. There is one, and none in a project without the targets.</param>
    /// <param name="options">The compiler's configuration, which has the project's folder. More is not asked of it: any file may write into it.</param>
    public static PagesOptions Read(IReadOnlyList<string> files, AnalyzerConfigOptions options)
    {
        var settings = files.Count == 1 ? PagesSettings.TryRead(files[0]) : null;
        var state = settings is not null ? PagesState.Given : files.Count == 0 ? PagesState.Missing : PagesState.Unclear;
        var directory = settings?.Project ?? (options.TryGetValue("build_property.ProjectDir", out var configured) ? configured : null);
        var project = Resolve(directory ?? "").TrimEnd('/');
        project = project.Length == 0 && string.IsNullOrEmpty(directory) ? "" : project + "/";

        var texts = (settings?.Roots ?? "").Split('|').Select(static text => Resolve(text.Trim()).TrimEnd('/')).Where(static text => text.Length > 0).Distinct().ToArray();
        return new PagesOptions(project, (texts.Length == 0 ? [Default] : texts)
            .Select(text =>
            {
                var prefix = (IsRooted(text) ? text : Resolve(project + text)) + "/";
                return new PagesRoot(text, prefix, prefix.StartsWith(project, StringComparison.Ordinal) ? project.Length : 0);
            })
            .OrderByDescending(static root => root.Prefix.Length)
            .ToEquatableArray(), state);
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
