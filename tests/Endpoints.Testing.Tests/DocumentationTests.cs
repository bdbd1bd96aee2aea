using System.Reflection;
using System.Text.RegularExpressions;
using Endpoints.Wix;
using Endpoints.Wix.Emulator;

namespace Endpoints.Testing.Tests;

/// <summary>The code in docs/testing.md is what is compiled and run here, line by line.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Root = typeof(DocumentationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static data => data.Key == "RepositoryRoot").Value!;

    [Fact]
    public async Task A_policy_can_be_seen_to_let_in_whom_it_should()
    {
        var report =
            await GuardMatrix.VerifyAsync<Program>(options => options.Identities[Callers.Member] = EmulatedIdentity.Member("the-boss"));
        Assert.DoesNotContain(
            report.Cells, cell => cell is { Caller: GuardMatrixCaller.Member, Outcome: GuardMatrixOutcome.RefusedByPolicy });
    }

    [Fact]
    public async Task Every_line_of_code_on_the_page_is_in_these_tests()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Root, "docs", "testing.md"));
        var folder = Path.Combine(Root, "tests", "Endpoints.Testing.Tests");
        var code = Plain(string.Concat(
            await File.ReadAllTextAsync(Path.Combine(folder, "GuardTests.cs")),
            await File.ReadAllTextAsync(Path.Combine(folder, "DocumentationTests.cs")),
            await File.ReadAllTextAsync(Path.Combine(folder, "MockTests.cs"))));

        var shown = Block().Matches(page).SelectMany(static block => Lines(block.Groups[1].Value)).ToList();

        Assert.NotEmpty(shown);
        Assert.All(shown, line => Assert.Contains(Plain(line), code, StringComparison.Ordinal));
    }

    // A line of the page may be two of a test.
    private static string Plain(string code) => string.Concat(code.Where(static c => !char.IsWhiteSpace(c)));

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(static line => line.Trim());

    [GeneratedRegex("^```cs\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
