using Endpoints.Shared.Collections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Endpoints.Shared.Pages;

/// <summary>Represents the locations of a project's endpoint files.</summary>
/// <param name="ProjectPrefix">
/// The prefix of the paths of the project's own files, ending in <c>/</c>, or an empty string if unknown.
/// </param>
/// <param name="Roots">The pages folders. Folders within others come first.</param>
/// <param name="State">The source of the pages folders.</param>
internal sealed record PagesOptions(string ProjectPrefix, EquatableArray<PagesRoot> Roots, PagesState State)
{
    /// <summary>The compiler's option that contains the project's folder.</summary>
    public const string ProjectDirectory = "build_property.ProjectDir";

    private const string Default = "pages";

    private const string Extension = ".cs";

    private const string FolderFile = "_folder";

    private static readonly string[] CodeBehind = [".cshtml.cs", ".razor.cs"];

    /// <summary>Reads the project's settings from the additional files of the compilation.</summary>
    public static PagesOptions Read(IEnumerable<AdditionalText> files, AnalyzerConfigOptions options,
        CancellationToken cancellationToken) =>
        Read([.. files.Where(PagesSettings.IsIn).Select(file => file.GetText(cancellationToken)?.ToString() ?? "")], options);

    /// <summary>Reads the project's settings.</summary>
    /// <param name="files">
    /// The contents of the settings files that the package's targets provide: one, or none in a project without the targets.
    /// </param>
    /// <param name="options">
    /// The compiler's configuration, which contains the project's folder. Nothing else is read from it, because any file may write to it.
    /// </param>
    public static PagesOptions Read(IReadOnlyList<string> files, AnalyzerConfigOptions options)
    {
        var settings = files.Count == 1 ? PagesSettings.TryRead(files[0]) : null;
        var state = settings is not null ? PagesState.Given : files.Count == 0 ? PagesState.Missing : PagesState.Unclear;
        var directory = settings?.Project ?? (options.TryGetValue(ProjectDirectory, out var configured) ? configured : null);
        var texts = Split(settings?.Roots ?? "");
        return Of(directory, texts.Count == 0 ? [Default] : texts, state);
    }

    /// <summary>Returns the options of a project whose files are in the specified folders.</summary>
    /// <param name="directory">The project's folder, or <see langword="null"/> if unknown.</param>
    /// <param name="roots">The folders as the project names them.</param>
    /// <param name="state">The source of the folders.</param>
    public static PagesOptions Of(string? directory, IEnumerable<string> roots, PagesState state)
    {
        var project = Resolve(directory ?? "").TrimEnd('/');
        project = project.Length == 0 && string.IsNullOrEmpty(directory) ? "" : project + "/";
        return new PagesOptions(project, roots
            .Select(text =>
            {
                var prefix = (IsRooted(text) ? text : Resolve(project + text)) + "/";
                return new PagesRoot(text, prefix, prefix.StartsWith(project, StringComparison.Ordinal) ? project.Length : 0);
            })
            .OrderByDescending(static root => root.Prefix.Length)
            .ToEquatableArray(), state);
    }

    /// <summary>Splits a list of folders at <c>|</c>.</summary>
    public static IReadOnlyList<string> Split(string roots) =>
        [.. roots.Split('|').Select(static text => Resolve(text.Trim()).TrimEnd('/')).Where(static text => text.Length > 0).Distinct()];

    /// <summary>Returns the kind and location of a source file, or <see langword="null"/> if it is not relevant to routes.</summary>
    public PageSource? Locate(SyntaxTree tree)
    {
        var path = tree.FilePath;
        if (!path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)
            || CodeBehind.Any(end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase)))
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
                var kind = name == FolderFile || name.EndsWith("/" + FolderFile, StringComparison.Ordinal)
                    ? PageKind.Folder : PageKind.Page;
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
