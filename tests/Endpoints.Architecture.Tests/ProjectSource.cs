using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Endpoints.Architecture.Tests;

/// <summary>A project's sources, read as the compiler reads them, and which room knows which.</summary>
internal sealed class ProjectSource
{
    private static readonly string Usings = string.Concat(
        ((string[])["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading",
            "System.Threading.Tasks"]).Select(static name => $"global using {name};\n"));

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(static file => MetadataReference.CreateFromFile(file))];

    private readonly string _folder;
    private readonly CSharpCompilation _compilation;

    /// <param name="project">The project, or <see cref="House.Shared"/>.</param>
    /// <param name="isAlone">Whether it is read without the other projects.</param>
    public ProjectSource(string project, bool isAlone = false)
    {
        Name = project;
        _folder = Path.Combine(House.Folder, project);
        Files = [.. FilesOf(_folder), .. LinkedFiles(_folder)];
        var parsing = new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.None);
        _compilation = CSharpCompilation.Create(
            project,
            [CSharpSyntaxTree.ParseText(Usings, parsing),
                .. Files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), parsing, file))],
            References.Where(
                reference => Path.GetFileNameWithoutExtension(reference.Display)!.Split('.') is var name
                    && (isAlone ? name[0] != "Endpoints" : string.Join('.', name) != project)),
            new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }

    public string Name { get; }

    public IReadOnlyList<string> Files { get; }

    /// <summary>The files that lie in the project's own folders.</summary>
    public IEnumerable<string> OwnFiles =>
        Files.Where(file => file.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    public SyntaxNode SyntaxOf(string file) => _compilation.SyntaxTrees.Single(tree => tree.FilePath == file).GetRoot();

    /// <summary>The folder of a file within the project; null for what is linked from elsewhere.</summary>
    public string? RoomOf(string file) => Path.GetRelativePath(_folder, Path.GetDirectoryName(file)!) switch
    {
        "." => House.Root,
        var outside when outside.StartsWith("..", StringComparison.Ordinal) => null,
        var room => room.Replace(Path.DirectorySeparatorChar, '/'),
    };

    /// <summary>Gets the uses that the types of each room make of other rooms.</summary>
    public IEnumerable<Arrow> Arrows()
    {
        foreach (var tree in _compilation.SyntaxTrees)
        {
            if (tree.FilePath.Length == 0 || RoomOf(tree.FilePath) is not { } from)
                continue;
            var model = _compilation.GetSemanticModel(tree);
            HashSet<(string, string)> seen = [];
            foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                if (TypeOf(model.GetSymbolInfo(name)) is not { } type)
                    continue;
                foreach (var place in type.DeclaringSyntaxReferences)
                {
                    if (RoomOf(place.SyntaxTree.FilePath) is { } to && to != from && seen.Add((to, type.Name)))
                        yield return new(from, to,
                            $"{Path.GetFileName(tree.FilePath)}:{name.GetLocation().GetLineSpan().StartLinePosition.Line + 1}", type.Name);
                }
            }
        }
    }

    /// <summary>Gets the errors that prevent its compilation.</summary>
    public IEnumerable<string> Errors() =>
        _compilation.GetDiagnostics().Where(static found => found.Severity == DiagnosticSeverity.Error)
            .Select(static found => found.ToString());

    /// <summary>The types of a file that nobody outside the assembly sees.</summary>
    public static bool IsInternal(MemberDeclarationSyntax type) => !type.Modifiers.Any(SyntaxKind.PublicKeyword);

    private static ITypeSymbol? TypeOf(SymbolInfo info)
    {
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        if (symbol is IMethodSymbol { ReducedFrom: { } extension })
            symbol = extension;
        return (symbol as ITypeSymbol ?? symbol?.ContainingType)?.OriginalDefinition;
    }

    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)[0] is not ("obj" or "bin"))
            .Order(StringComparer.Ordinal);

    /// <summary>Gets the files of other folders that the project compiles.</summary>
    private static IEnumerable<string> LinkedFiles(string folder)
    {
        // What several projects share has no project file of its own.
        if (Directory.GetFiles(folder, "*.csproj") is not [var file])
            return [];
        return XDocument.Load(file).Descendants("Compile")
            .SelectMany(
                static item => (item.Attribute("Include")?.Value ?? "").Split(
                    ';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .SelectMany(
                pattern => Path.GetFullPath(Path.Combine(folder, pattern)) is var path
                    && path.IndexOf('*', StringComparison.Ordinal) is >= 0 and var star
                ? Directory.GetFiles(Path.GetDirectoryName(path[..star])!, Path.GetFileName(path),
                    path.Contains("**", StringComparison.Ordinal) ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
                : [path])
            .Where(File.Exists);
    }
}
