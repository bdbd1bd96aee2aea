using System.Text.RegularExpressions;
using Endpoints.Wix.Analyzers.Guards;
using Endpoints.Wix.Analyzers.Lock;
using Microsoft.CodeAnalysis;

namespace Endpoints.Guards.Tests;

/// <summary>The examples on the help pages are compiled against the real Endpoints.Wix.</summary>
public sealed partial class HelpPagesTests
{
    private static readonly DiagnosticDescriptor[] Rules =
        [.. typeof(GuardRules).GetFields().Concat(typeof(LockRules).GetFields()).Select(static field => field.GetValue(null))
            .OfType<DiagnosticDescriptor>()];

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
        var wrong = await ReportedAsync(id, sections.Single(static section => section.StartsWith("Wrong\n", StringComparison.Ordinal)));
        Assert.Equal(id, Assert.Single(wrong).Id);
        Assert.Empty(await ReportedAsync(id, sections.Single(static section => section.StartsWith("Right\n", StringComparison.Ordinal))));
    }

    [Fact]
    public void The_contents_list_every_page() =>
        Assert.All(Rules,
            static rule => Assert.Contains($"| [{rule.Id}]({rule.Id}.md) | {rule.Title} |", Read("README.md"), StringComparison.Ordinal));

    private static string Read(string page) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "diagnostics", page));

    private static async Task<IEnumerable<Diagnostic>> ReportedAsync(string id, string section)
    {
        var files = FileOfExample().Matches(section).ToDictionary(static file => file.Groups["path"].Value,
            static file => file.Groups["source"].Value);
        var source = Assert.Single(files, static file => file.Key.EndsWith(".cs", StringComparison.Ordinal));
        var code = new Code(source.Key, source.Value) { References = Code.RealWix };
        return (await code.AnalyzeAsync()).Concat(
            Lock.GuardLockGeneratorTests.Run(code, files.GetValueOrDefault("endpoints.lock.json"), access: id == "EP1016").Diagnostics);
    }

    [GeneratedRegex(@"^`(?<path>[^`]+)`\n\n```(csharp|json)\n(?<source>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FileOfExample();
}
