using System.Text.RegularExpressions;
using Endpoints.Wix.Analyzers.Webhooks;
using Microsoft.CodeAnalysis;

namespace Endpoints.Guards.Tests.Webhooks;

public sealed partial class EventHelpPagesTests
{
    private static readonly DiagnosticDescriptor[] Rules =
        [.. typeof(WebhookRules).GetFields().Select(static field => field.GetValue(null)).OfType<DiagnosticDescriptor>()];

    public static TheoryData<string> Ids => [.. Rules.Select(static rule => rule.Id)];

    [Fact]
    public void Ids_are_numbered_without_a_gap() =>
        Assert.Equal(Enumerable.Range(1, Rules.Length).Select(static number => $"EP13{number:D2}"), Rules.Select(static rule => rule.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_page_of_a_rule_has_a_wrong_example_that_breaks_it_and_a_right_one(string id)
    {
        var rule = Rules.Single(rule => rule.Id == id);
        Assert.EndsWith($"/docs/diagnostics/{id}.md", rule.HelpLinkUri, StringComparison.Ordinal);
        var page = Read(id + ".md");
        Assert.StartsWith($"# {id}: {rule.Title}\n\n{rule.DefaultSeverity}", page, StringComparison.Ordinal);

        var sections = page.Split("\n## ");
        var wrong = Example(sections.Single(static section => section.StartsWith("Wrong\n", StringComparison.Ordinal))).Run();
        Assert.Equal(id, Assert.Single(wrong.Result.Diagnostics).Id);
        Assert.Empty(Example(sections.Single(static section => section.StartsWith("Right\n", StringComparison.Ordinal))).Verify()
            .Result.Diagnostics);
    }

    [Fact]
    public void The_contents_list_every_page() => Assert.All(Rules.Append(WebhookBuildRules.FoldersUnclear),
        static rule => Assert.Contains($"| [{rule.Id}]({rule.Id}.md) | {rule.Title} |", Read("README.md"), StringComparison.Ordinal));

    private static string Read(string page) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "diagnostics", page));

    private static WebhookProject Example(string section)
    {
        var project = new WebhookProject();
        var files = FileOfExample().Matches(section);
        Assert.NotEmpty(files);
        foreach (Match file in files)
            project.File(file.Groups["path"].Value, file.Groups["source"].Value);
        return files.Any(static file => file.Groups["path"].Value == "Program.cs") ? project.Application() : project;
    }

    [GeneratedRegex(@"^`(?<path>[^`]+)`\n\n```csharp\n(?<source>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FileOfExample();
}
