using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Endpoints.Architecture.Tests;

/// <summary>Tests lie where what they test lies: in the project and the folder of its name.</summary>
public sealed class TestProjectTests
{
    private const int MostFiles = 30;

    // The code of docs/testing.md, in the namespace that it has there.
    private const string AsDocumented = "Endpoints.Testing.Tests/GuardTests.cs";

    // Test projects that no source project is called after, and why.
    private static readonly Dictionary<string, string> OfSeveral = new()
    {
        ["Adversary.Tests"] = "random attacks on a published application",
        ["Browser.Tests"] = "what only a browser shows",
        ["DropIn.Tests"] = "applications as others have written them, with and without the library",
        ["Endpoints.Architecture.Tests"] = "the sources of all projects",
        ["Endpoints.Guards.Tests"] = "the analyzers of two packages, and the code in documentation",
        ["Endpoints.Inbox.Tests"] = "the stores of two packages, against one model",
        ["Endpoints.Interop.Tests"] = "Wix's own packages against the library and the emulator",
        ["Endpoints.Packages.Tests"] = "the packages in a new project",
        ["Endpoints.Validation.Tests"] = "an application whose endpoint files are compiled as a user's are",
        ["Endpoints.Wix.Api.Tests"] = "the modules that src/Endpoints.Wix.Api writes",
        ["Endpoints.Wix.Sessions.Tests"] = "rooms of Endpoints.Wix that need a browser's site",
        ["ExampleSite.Tests"] = "example-site",
    };

    private static string Folder { get; } = Path.GetFullPath(Path.Combine(House.Folder, "..", "tests"));

    public static TheoryData<string> Projects => [.. Names()];

    [Fact]
    public void A_test_project_is_called_after_a_project_or_says_why_not()
    {
        Assert.Equal(OfSeveral.Keys.Order(StringComparer.Ordinal),
            Names().Where(static name => !House.Projects.Contains(name[..^".Tests".Length])).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_namespace_is_its_folder(string project)
    {
        var wrong =
            from file in Files(project)
            let name = Path.GetRelativePath(Folder, file).Replace(Path.DirectorySeparatorChar, '/')
            let folder = name[..name.LastIndexOf('/')].Replace('/', '.')
            where name != AsDocumented
            where !name.Contains("/pages/", StringComparison.Ordinal) // endpoint files have the namespaces of an application's
            let root = CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot()
            from space in root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
            where space.Name.ToString() != folder
            select $"{name}: {space.Name}, not {folder}";

        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_folder_can_be_seen_at_a_glance(string project) => Assert.Empty(
        Files(project).GroupBy(static file => Path.GetDirectoryName(file)!).Where(static folder => folder.Count() > MostFiles)
            .Select(static folder => $"{Path.GetRelativePath(Folder, folder.Key)}: {folder.Count()} files"));

    private static IEnumerable<string> Names() =>
        Directory.GetDirectories(Folder, "*.Tests").Select(static one => Path.GetFileName(one));

    private static IEnumerable<string> Files(string project) =>
        Directory.EnumerateFiles(Path.Combine(Folder, project), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !Path.GetRelativePath(Folder, file).Split(Path.DirectorySeparatorChar).Any(
                static part => part is "bin" or "obj" or "node_modules"));
}
