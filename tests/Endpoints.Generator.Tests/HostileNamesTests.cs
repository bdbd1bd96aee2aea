using Endpoints.Generator.Tests.Building;
using Endpoints.Shared.Naming;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.CodeAnalysis;

namespace Endpoints.Generator.Tests;

public class HostileNamesTests
{
    private static readonly Gen<string> Names =
        Gen.Elements(
            "a", "Z", "9", "\"", "'", "\\\"", "{", "}", "{0}", "$", "@", "[", "]", "[id]", "[...r]", "[class]", "..", ".", "_", "-", " ",
            "\t", "\n", "\r\n", "\u2028", "\0", "\u0085",
            "//", "/*", "*/", "#", "\"\"\"", "\");}}//", "%s", "class", "é", "e\u0301", "テスト", "\U0001F600", "\ud800", "\udc00", "\u202e",
            "\ufeff", "\\", "/", "index", "<", ">", "&")
        .ArrayOf().Resize(5).Select(string.Concat);

    [Fact]
    public void S51_Whatever_a_file_is_called_it_is_in_the_table_or_has_a_mistake_and_the_output_compiles() =>
        Prop.ForAll(Names.ArrayOf(20).Select(names => names.DistinctBy(Resolved).ToArray()).ToArbitrary(), names =>
        {
            var project = new TestProject();
            foreach (var (name, i) in names.Select((name, i) => (name, i)))
                project.Page($"pages/{name}.cs", $"Handler{i}");
            var built = project.BuildWithMistakes();
            built.AssertCompiles();

            var table = built.Load();
            var mistaken = built.Mistakes.Select(mistake => mistake.Location.SourceTree!.FilePath).ToHashSet(StringComparer.Ordinal);
            foreach (var name in names)
            {
                var path = $"{TestProject.Directory}pages/{name}.cs";
                if (mistaken.Contains(path) || LiesElsewhere(name))
                    continue;
                var row = table.SingleOrDefault(row => row.File == Shown(name));
                Assert.True(row is not null, $"'{name}' is neither in the table nor a mistake");
                Assert.Equal(RouteSegments.Parse(row.Route), RouteName.Parse(Shown(name)["pages/".Length..^".cs".Length]).Route);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void S51_A_name_that_would_end_the_text_it_is_written_in_does_not()
    {
        const string name = "a\"), typeof(string), null); System.IO.File.Delete(\"x\"); //{0}\\";

        var row = new TestProject().Page($"pages/{name}/b.cs").Build().Load().Single();

        Assert.StartsWith("pages/a\"), typeof(string), null); System.IO.File.Delete(\"x\"); ", row.File, StringComparison.Ordinal);
        Assert.EndsWith("{0}/b", row.Route, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("namespace @namespace.@class; public static class @static { public static string @Get() => \"\"; }",
        "namespace.class.static")]
    [InlineData("namespace A { namespace B.@int { public static class @record { public static string Get() => \"\"; } } }",
        "A.B.int.record")]
    [InlineData("public static class \\u0041bc { public static string G\\u0065t() => \"\"; }", "Abc")]
    [InlineData("public static class @var { public static string Get() => \"\"; }", "var")]
    [InlineData("public static class ᚠñ日 { public static string Get() => \"\"; }", "ᚠñ日")]
    [InlineData(
        "namespace System { public static class String2 { public static string Get() => \"\"; } } namespace Other.Endpoints { public "
        + "static class FileRoute; }", "System.String2")]
    [InlineData("[Obsolete] public static class Old { public static string Get() => \"\"; }", "Old")]
    public void S51_A_class_may_have_any_name(string source, string fullName) =>
        Assert.Equal(fullName, new TestProject().File("pages/a.cs", source).Build().Load().Single().Handler.FullName);

    [Fact]
    public void S51_A_path_may_be_deep_and_long()
    {
        var path = string.Join('/', Enumerable.Range(0, 300).Select(i => $"folder{i}-[p{i}]"));

        Assert.Equal("/" + path, new TestProject().Page($"pages/{path}.cs").Build().Load().Single().Route);
    }

    [Fact]
    public void S51_A_method_may_be_called_anything_that_an_attribute_names() =>
        Assert.Equal(
            new FileRouteMethod("M-SEARCH", "class"),
            new TestProject().File("pages/a.cs",
                "public static class A { [HttpMethod(@\"m-search\")] public static string @class() => \"\"; }").Build().Load().Single()
                .Methods.Single());

    [Fact]
    public void S51_Broken_source_in_any_file_never_breaks_the_generator() =>
        Prop.ForAll(Broken.ArrayOf(6).ToArbitrary(), sources =>
        {
            var project = new TestProject();
            foreach (var (source, i) in sources.Select((source, i) => (source, i)))
                project.File($"pages/[a{i}]/[b].cs", source).File($"pages/x{i}/_folder.cs", source).File($"/elsewhere/pages/{i}.cs",
                    source);
            var built = project.BuildWithMistakes();
            Assert.All(built.Result.GeneratedSources,
                source => Assert.DoesNotContain(source.SyntaxTree.GetDiagnostics(), d => d.Severity == DiagnosticSeverity.Error));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    private static readonly Gen<string> Broken =
        Gen.Elements(
            "public ", "static ", "partial ", "abstract ", "class ", "record ", "struct ", "interface ", "A", "B", "<T>", " : ", "B, ",
            "{ ", "} ", "string ", "Get", "GetAsync", "Fetch",
            "(", ")", "int b", "ref ", "[FromRoute]", "[FromRoute(Name = ", "\"x\"", "[AsParameters] ", "[HttpMethod(", "\"", "namespace ",
            ".", ";", " => 1;", "operator ", "this ", "\\u12", "#if ", "\n")
        .ArrayOf().Resize(25).Select(string.Concat);

    private static string Shown(string name) => $"pages/{name}.cs".Replace('\\', '/');

    // Where a path leads; two that lead to one file are the same file.
    private static string Resolved(string name) => Path.GetFullPath("/" + name.Replace('\\', '/').Replace('\0', '?'));

    // '\' and '/' part folders on every machine, '.' and '..' are folders, and names that begin with '_' or '.' are left out.
    private static bool LiesElsewhere(string name)
    {
        var names = name.Replace('\\', '/').Split('/');
        return names.Any(part => part.Length == 0 || part[0] is '_' or '.');
    }
}
