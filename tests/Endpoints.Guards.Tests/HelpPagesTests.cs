using System.Text.RegularExpressions;
using Endpoints.Generator.Guards;
using Microsoft.CodeAnalysis;

namespace Endpoints.Guards.Tests;

/// <summary>The examples on the help pages are compiled against the real Endpoints.Wix.</summary>
public sealed partial class HelpPagesTests
{
    private static readonly DiagnosticDescriptor[] Rules = [.. typeof(GuardRules).GetFields().Select(static field => field.GetValue(null)).OfType<DiagnosticDescriptor>()];

    public static TheoryData<string> Ids => [.. Rules.Select(static rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_page_of_a_rule_has_a_wrong_example_that_breaks_it_and_a_right_one(string id)
    {
        var rule = Rules.Single(rule => rule.Id == id);
        Assert.EndsWith($"/docs/diagnostics/{id}.md", rule.HelpLinkUri, StringComparison.Ordinal);
        var page = Read(id + ".md");
        Assert.StartsWith($"# {id}: {rule.Title}\n\n{rule.DefaultSeverity}", page, StringComparison.Ordinal);

        var sections = page.Split("\n## ");
        var wrong = await Example(sections.Single(static section => section.StartsWith("Wrong\n", StringComparison.Ordinal))).AnalyzeAsync();
        Assert.Equal(id, Assert.Single(wrong).Id);
        Assert.Empty(await Example(sections.Single(static section => section.StartsWith("Right\n", StringComparison.Ordinal))).AnalyzeAsync());
    }

    [Fact]
    public void The_contents_list_every_page() =>
        Assert.All(Rules, static rule => Assert.Contains($"| [{rule.Id}]({rule.Id}.md) | {rule.Title} |", Read("README.md"), StringComparison.Ordinal));

    private static string Read(string page) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "diagnostics", page));

    private static Code Example(string section)
    {
        var file = Assert.Single(FileOfExample().Matches(section));
        return new Code(file.Groups["path"].Value, file.Groups["source"].Value) { References = Code.RealWix };
    }

    [GeneratedRegex(@"^`(?<path>[^`]+)`\n\n```csharp\n(?<source>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FileOfExample();
}
