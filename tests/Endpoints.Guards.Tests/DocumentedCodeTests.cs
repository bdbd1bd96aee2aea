using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Endpoints.Guards.Tests;

/// <summary>
/// The C# in README and in the pages under docs compiles as it stands, against the libraries themselves. What is a file has its usings, so
/// that it compiles in a new application. (The emulator's and the
/// diagnostics' pages have tests of their own. What is marked <c>cs</c> needs a later compiler than the oldest that runs the analyzers.)
/// </summary>
public sealed partial class DocumentedCodeTests
{
    // What the pages take for granted: the application's own types.
    private const string Application = """
        global using Shop;

        namespace Shop
        {
            public sealed class OrderStore
            {
                public ValueTask<StoredOrder?> FindAsync(string id, CancellationToken cancellationToken) => default;
            }

            public sealed record StoredOrder(string MemberId);

            public sealed class Customers
            {
                public Task<bool> ExistsAsync(string id, CancellationToken cancellationToken) => Task.FromResult(true);
            }

            public sealed record Member(string Id);

            public sealed record MemberAnswer(Member Member);

            public sealed class MembersJson
            {
                public static MembersJson Default { get; } = new();

                public System.Text.Json.Serialization.Metadata.JsonTypeInfo<MemberAnswer> MemberAnswer => null!;
            }

            public interface ISiteApi;

            public static class RestService
            {
                public static T For<T>(System.Net.Http.HttpClient client) => throw new NotSupportedException(client.ToString());
            }

            public sealed record Address(string Zip);

            public sealed record Item(string Name);

            public sealed class ItemValidator : FluentValidation.AbstractValidator<Item>;

            public sealed record Order(string Id);

            public sealed class SiteStore
            {
                public Task SaveAsync(string instanceId, string? siteId, string? name, CancellationToken cancellationToken) => Task.CompletedTask;
            }

            public sealed class Sites : Endpoints.Wix.IWixInstallationHandler
            {
                public Task OnInstalledAsync(Endpoints.Wix.WixInstallation installation, CancellationToken cancellationToken) => Task.CompletedTask;
            }
        }
        """;

    // What the statements of a program are given besides.
    private const string ProgramUsings = """
        global using Endpoints;
        global using Endpoints.Wix;
        """;

    private static readonly string Root = typeof(DocumentedCodeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static data => data.Key == "RepositoryRoot").Value!;

    public static TheoryData<string, int> Blocks()
    {
        var blocks = new TheoryData<string, int>();
        foreach (var page in Directory.GetFiles(Path.Combine(Root, "docs"), "*.md").Append(Path.Combine(Root, "README.md"))
            .Order(StringComparer.Ordinal))
        {
            if (Path.GetFileName(page) == "emulator.md")
                continue;
            for (var i = 0; i < In(page).Count; i++)
                blocks.Add(Path.GetRelativePath(Root, page), i);
        }

        return blocks;
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void It_compiles(string page, int block)
    {
        var text = In(Path.Combine(Root, page))[block].Groups[1].Value;
        var isFile = IsFile().IsMatch(text);
        var code = isFile ? text : Statements(page, text);

        // Types may follow the statements of a program.
        var file = isFile && text.Contains("var builder =", StringComparison.Ordinal) ? "Program.cs" : "Block.cs";
        var errors = new Code("Application.cs", Application) { References = Code.RealWix, IsNewApplication = true }
            .With("Usings.cs", isFile ? "" : ProgramUsings).With(file, code).Compile()
            .GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(static diagnostic => diagnostic.ToString());

        Assert.Empty(errors);
    }

    private static MatchCollection In(string page) => Block().Matches(File.ReadAllText(page));

    private static string Statements(string page, string text)
    {
        List<string> given = ["string[] args", "HttpContext HttpContext"];
        if (!text.Contains("var builder =", StringComparison.Ordinal))
            given.Add("WebApplicationBuilder builder");
        if (!text.Contains("var app =", StringComparison.Ordinal))
            given.Add("WebApplication app");
        if (text.StartsWith("services.", StringComparison.Ordinal))
            given.Add("IServiceCollection services");
        if (page.EndsWith("wix-api.md", StringComparison.Ordinal))
            given.AddRange(["Endpoints.Wix.ElevatedWixClient elevated", "string id"]);
        return $$"""
            {{string.Concat(Directive().Matches(text).Select(static directive => directive.Value))}}
            internal static class Block
            {
                public static async Task RunAsync({{string.Join(", ", given)}})
                {
                    await Task.Yield();
            {{Directive().Replace(text, "")}}
                }
            }
            """;
    }

    [GeneratedRegex("^```csharp\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^using [\w.]+;\n", RegexOptions.Multiline)]
    private static partial Regex Directive();

    [GeneratedRegex(@"^(public|internal) .*\b(class|record|struct)\b", RegexOptions.Multiline)]
    private static partial Regex IsFile();
}
