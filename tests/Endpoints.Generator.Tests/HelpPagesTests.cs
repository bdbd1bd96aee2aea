using System.Text.RegularExpressions;
using Endpoints.Generator.Diagnostics;
using Endpoints.Generator.Tests.Building;
using Microsoft.CodeAnalysis;

namespace Endpoints.Generator.Tests;

public partial class HelpPagesTests
{
    private static readonly DiagnosticDescriptor[] AllRules =
        [.. typeof(Rules).GetFields().Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>()];

    public static TheoryData<string> Ids => [.. AllRules.Select(rule => rule.Id)];

    [Fact]
    public void Ids_are_numbered_without_a_gap() =>
        Assert.Equal(Enumerable.Range(1, AllRules.Length).Select(number => $"EP{number:D4}"), AllRules.Select(rule => rule.Id).Order());

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_page_of_a_rule_has_a_wrong_example_that_breaks_it_and_a_right_one(string id)
    {
        var rule = AllRules.Single(rule => rule.Id == id);
        Assert.EndsWith($"/docs/diagnostics/{id}.md", rule.HelpLinkUri, StringComparison.Ordinal);
        var page = Read(id + ".md");
        Assert.StartsWith($"# {id}: {rule.Title}\n", page, StringComparison.Ordinal);

        var sections = page.Split("\n## ");
        var wrong = Example(sections.Single(section => section.StartsWith("Wrong\n", StringComparison.Ordinal))).BuildWithMistakes();
        Assert.All(wrong.Mistakes, mistake => Assert.Equal(id, mistake.Id));
        Assert.NotEmpty(wrong.Mistakes);

        _ = Example(sections.Single(section => section.StartsWith("Right\n", StringComparison.Ordinal))).Build();
    }

    [Fact]
    public void The_contents_list_every_page() =>
        Assert.All(AllRules,
            rule => Assert.Contains($"| [{rule.Id}]({rule.Id}.md) | {rule.Title} |", Read("README.md"), StringComparison.Ordinal));

    [Fact]
    public void What_the_targets_report_too_has_its_page()
    {
        var rule = BuildRules.PagesUnclear;

        Assert.EndsWith($"/docs/diagnostics/{rule.Id}.md", rule.HelpLinkUri, StringComparison.Ordinal);
        Assert.StartsWith($"# {rule.Id}: {rule.Title}\n", Read(rule.Id + ".md"), StringComparison.Ordinal);
        Assert.Contains($"| [{rule.Id}]({rule.Id}.md) | {rule.Title} |", Read("README.md"), StringComparison.Ordinal);
    }

    private static string Read(string page) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "diagnostics", page));

    private static TestProject Example(string section)
    {
        var project = new TestProject();
        var files = FileOfExample().Matches(section);
        Assert.NotEmpty(files);
        foreach (Match file in files)
            project.File(file.Groups["path"].Value, file.Groups["source"].Value);
        return project;
    }

    [GeneratedRegex(@"^`(?<path>[^`]+)`\n\n```csharp\n(?<source>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FileOfExample();
}
