using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Endpoints.Architecture.Tests;

/// <summary>docs/contributing.md draws the house as it is.</summary>
public sealed partial class ContributingPageTests
{
    private static readonly string Page = Pages.Read("docs/contributing.md");

    [Fact]
    public void The_projects_and_the_arrows_between_them_are_those_of_the_sources()
    {
        var drawn = Row().Matches(Page[..Page.IndexOf("## Rooms", StringComparison.Ordinal)])
            .ToDictionary(static row => row.Groups[1].Value,
                static row => string.Join(
                    ", ", Code().Matches(row.Groups[2].Value).Select(static name => name.Groups[1].Value).Order(StringComparer.Ordinal)));

        Assert.Equal(House.Projects.ToDictionary(static project => project, static project => string.Join(", ", References(project))),
            drawn);
    }

    [Fact]
    public void Every_file_and_test_class_that_it_names_exists()
    {
        var files = ((string[])["src", "tests", "example-site"])
            .SelectMany(
                static folder => Directory.EnumerateFiles(Path.Combine(Pages.Repository, folder), "*.cs", SearchOption.AllDirectories))
            .Select(static file => Path.GetFileName(file)).ToHashSet();

        var named = Code().Matches(Page).Select(static name => name.Groups[1].Value)
            .Select(static name => TestClass().IsMatch(name) ? name + ".cs" : name)
            .Where(static name => name.EndsWith(".cs", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, files));
    }

    /// <summary>The assemblies of ours that a project is compiled against; what it only packs is none.</summary>
    private static IEnumerable<string> References(string project) =>
        XDocument.Load(Path.Combine(House.Folder, project, project + ".csproj"))
        .Descendants("ProjectReference").Where(static reference => reference.Attribute("ReferenceOutputAssembly")?.Value != "false")
        .Select(static reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^\| `([\w.]+)` \|.*\| ([^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[A-Z]\w+Tests$")]
    private static partial Regex TestClass();
}
