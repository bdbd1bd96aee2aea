using System.Text.RegularExpressions;

namespace Endpoints.Architecture.Tests;

/// <summary>
/// The numbers in the names of tests are those of docs/threats.md, and what the page says proves an attack's answer does exist.
/// </summary>
public sealed partial class ThreatPageTests
{
    private const string Uncovered = "## Not covered by a test";

    private static readonly string Page = Pages.Read("docs/threats.md");

    private static readonly Dictionary<string, string> Tests =
        Directory.EnumerateFiles(Path.Combine(Pages.Repository, "tests"), "*.cs", SearchOption.AllDirectories)
        .Where(static file => !Path.GetRelativePath(Pages.Repository, file).Split(Path.DirectorySeparatorChar)
            .Any(static folder => folder is "obj" or "bin" or "node_modules"))
        .Where(static file => !file.EndsWith(nameof(ThreatPageTests) + ".cs", StringComparison.Ordinal))
        .ToDictionary(static file => file, File.ReadAllText);

    [Fact]
    public void Every_number_has_one_row()
    {
        var numbers = Row().Matches(Page).Select(static row => int.Parse(row.Groups["number"].ValueSpan, provider: null)).ToList();

        Assert.NotEmpty(numbers);
        Assert.Equal(Enumerable.Range(1, numbers.Max()), numbers.Order());
    }

    [Fact]
    public void Every_number_in_the_name_of_a_test_has_a_row_among_the_covered()
    {
        var inTests = Tests.Values.SelectMany(NumbersIn).ToHashSet();
        var covered = Covered().Select(static row => row.Groups["number"].Value).ToHashSet();

        Assert.Equal(inTests.Order(), covered.Order());
    }

    [Fact]
    public void Every_test_that_a_row_names_exists_and_carries_its_number()
    {
        var rows = Covered();

        Assert.All(rows, static row =>
        {
            var names = Name().Matches(row.Groups["tests"].Value).Select(static name => name.Groups[1].Value).ToList();
            Assert.NotEmpty(names);
            Assert.All(names, name => Assert.Contains(FilesOf(name), file => NumbersIn(Tests[file]).Contains(row.Groups["number"].Value)));
        });
    }

    [Fact]
    public void Every_test_class_that_the_security_page_names_exists()
    {
        var named = TestClass().Matches(Pages.Read("docs/security.md")).Select(static name => name.Groups[1].Value).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, static name => Assert.NotEmpty(FilesOf(name)));
    }

    private static List<Match> Covered() => [.. Row().Matches(Page[..Page.IndexOf(Uncovered, StringComparison.Ordinal)]).Cast<Match>()];

    private static IEnumerable<string> NumbersIn(string code) =>
        Prefix().Matches(code).SelectMany(static name => name.Groups["number"].Captures).Select(static number => number.Value);

    private static IEnumerable<string> FilesOf(string name) => Tests.Keys.Where(file => Path.GetFileNameWithoutExtension(file) == name);

    [GeneratedRegex(@"^\| S(?<number>\d+) \|.*\| (?<tests>[^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"`([A-Z]\w+Tests)`")]
    private static partial Regex TestClass();

    // The beginning of a name: S14_S44_What_is_anothers_...
    [GeneratedRegex(@"\b(?:S(?<number>\d+)_)+")]
    private static partial Regex Prefix();
}
