using Endpoints.Generator.Diagnostics;
using Endpoints.Generator.Tests.Building;
using Endpoints.Generator.Tests.Naming;
using Endpoints.Shared.Pages;
using Microsoft.CodeAnalysis;

namespace Endpoints.Generator.Tests;

public class DiagnosticsTests
{
    [Theory]
    [InlineData("pages/[id.cs", "EP0001", "the brackets in '[id' are unbalanced")]
    [InlineData("pages/[a][b].cs", "EP0002", "the parameters in '[a][b]' must be separated")]
    [InlineData("pages/ok/[a-b]/c.cs", "EP0003", "the parameter name 'a-b' in '[a-b]' must consist of")]
    [InlineData("pages/[id]/x/[...ID].cs", "EP0004", "the parameter name 'ID' is used twice")]
    [InlineData("pages/[[id]].cs", "EP0005", "the parameter 'id' in '[[id]]' lies within further brackets")]
    public void A_name_that_cannot_be_a_route_is_refused_on_the_class_of_the_file(string path, string id, string message)
    {
        var built = new TestProject().Page(path, "Handler").BuildWithMistakes();

        Assert.Equal([$"{id} {path} 'Handler'"], built.Summary);
        Assert.Contains(message, built.Mistakes.Single().GetMessage(null), StringComparison.Ordinal);
        Assert.Empty(built.Load());
    }

    [Fact]
    public void Every_name_that_Astro_refuses_by_rule_is_an_error_in_its_file()
    {
        foreach (var entry in Recorded.All("rejected").Where(r => r.Text("kind") == "rule"))
        {
            var project = new TestProject();
            foreach (var file in entry.GetProperty("files").EnumerateArray())
                project.Page(file.GetString() + ".cs");
            var mistake = Assert.Single(project.BuildWithMistakes().Mistakes);
            Assert.Equal(DiagnosticSeverity.Error, mistake.Severity);
            Assert.Contains("Rename the file or folder", mistake.GetMessage(null), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("pages/a.cs", "pages/a/index.cs")]
    [InlineData("pages/[x].cs", "pages/[y].cs")]
    [InlineData("pages/[d]/index.cs", "pages/[f].cs")]
    [InlineData("pages/Abc.cs", "pages/abc.cs")]
    [InlineData("pages/Shop/x.cs", "pages/shop/X.cs")]
    [InlineData("pages/cafe\u0301.cs", "pages/caf\u00e9.cs")]
    [InlineData("pages/[a]-[b].cs", "pages/[c]-[d].cs")]
    public void Two_files_for_one_route_are_refused_and_each_names_the_other(string first, string second)
    {
        var built = new TestProject().Page(first, "First").Page(second, "Second").Page("pages/other.cs").BuildWithMistakes();

        Assert.Equal(new[] { $"EP0006 {first} 'First'", $"EP0006 {second} 'Second'" }.Order(), built.Summary.Order());
        Assert.All(built.Mistakes, mistake =>
        {
            Assert.Contains($"'{first}'", mistake.GetMessage(null), StringComparison.Ordinal);
            Assert.Contains($"'{second}'", mistake.GetMessage(null), StringComparison.Ordinal);
            Assert.NotEqual(Built.Path(mistake.Location), Built.Path(Assert.Single(mistake.AdditionalLocations)));
        });
        Assert.Equal(["/other"], built.Load().Select(r => r.Route));
    }

    [Fact]
    public void What_keeps_a_file_from_being_an_endpoint_is_an_error() =>
        Assert.All(Enum.GetValues<FlawKind>(),
            static kind =>
                Assert.Equal(Rules.Of(kind).DefaultSeverity == DiagnosticSeverity.Error, new Flaw(kind, default, default).IsFatal));

    [Fact]
    public void Two_pages_folders_can_give_one_route_twice()
    {
        var built = new TestProject().Roots("pages|admin").Page("pages/a.cs", "First").Page("admin/a.cs", "Second").BuildWithMistakes();

        Assert.Equal(["EP0006 admin/a.cs 'Second'", "EP0006 pages/a.cs 'First'"], built.Summary);
    }

    [Theory]
    [InlineData("pages/[a].cs", "pages/[...b].cs")]
    [InlineData("pages/a-[x].cs", "pages/[x]-a.cs")]
    [InlineData("pages/a.json.cs", "pages/a.cs")]
    public void Files_that_merely_overlap_are_fine(string first, string second) =>
        Assert.Equal(2, new TestProject().Page(first).Page(second).Build().Load().Count);

    // The text in braces is where the mistake is shown; the file is pages/users/[id].cs.
    [Theory]
    [InlineData("EP0007", "")]
    [InlineData("EP0007", "// nothing but a comment")]
    [InlineData("EP0007", "global using System.Text;")]
    [InlineData("EP0007", "public static class «Api» { public static string Compute(int id) => \"\"; }")]
    [InlineData("EP0007", "public class «Api»;")]
    [InlineData("EP0007", "public interface «IApi» { string Get(int id); }")]
    [InlineData("EP0007", "public static class «Outer» { public static class Inner { public static string Get(int id) => \"\"; } }")]
    [InlineData("EP0008",
        "public static class First { public static string Get(int id) => \"\"; } public static class «Second» { public static string "
        + "Put(int id) => \"\"; }")]
    [InlineData("EP0008",
        "public class First : Base; public class «Second» : Base; public abstract class Base { public string Get(int id) => \"\"; }")]
    [InlineData("EP0009",
        "public static class Api { public static string Get(int id) => \"\"; public static string «Get»(int id, int page) => \"\"; }")]
    [InlineData("EP0009",
        "public static class Api { public static string Get(int id) => \"\"; public static Task «GetAsync»(int id) => Task.CompletedTask; }")]
    [InlineData("EP0009",
        "public static class Api { public static string get(int id) => \"\"; public static string «GET»(int id) => \"\"; }")]
    [InlineData("EP0009",
        "public static class Api { public static string Get(int id) => \"\"; [HttpMethod(\"get\")] public static string «Again»(int id) "
        + "=> \"\"; }")]
    [InlineData("EP0009",
        "public class Api : Base { public string «Get»(int id) => \"\"; } public abstract class Base { public string Get(string id) => "
        + "\"\"; }")]
    [InlineData("EP0010", "static class «Api» { public static string Get(int id) => \"\"; }")]
    [InlineData("EP0010", "internal sealed class «Api» { public string Get(int id) => \"\"; }")]
    [InlineData("EP0010", "file static class «Api» { public static string Get(int id) => \"\"; }")]
    [InlineData("EP0011", "public static class Api { static string «Get»(int id) => \"\"; }")]
    [InlineData("EP0011", "public static class Api { internal static string «PostAsync»(int id) => \"\"; }")]
    [InlineData("EP0012", "public static class Api { public static string «Gte»(int id) => \"\"; }")]
    [InlineData("EP0012", "public static class Api { public static string «Pots»(int id) => \"\"; }")]
    [InlineData("EP0012", "public static class Api { public static string «Fetch»(int id) => \"\"; }")]
    [InlineData("EP0012", "public static class Api { public static string «GetById»(int id) => \"\"; }")]
    [InlineData("EP0013", "public static class Api { public static string Get(int id, [FromRoute] int «page») => \"\"; }")]
    [InlineData("EP0013",
        "public static class Api { public static string Get(int id, [FromRoute(Name = «\"page\"»)] int number) => \"\"; }")]
    [InlineData("EP0013",
        "public static class Api { public static string Get(int id, [FromRoute(Name = «Name»)] int number) => \"\"; const string Name = "
        + "\"page\"; }")]
    [InlineData("EP0013",
        "public static class Api { public static string Get([AsParameters] List «list») => \"\"; } public record List(int Id, "
        + "[FromRoute] int Page);")]
    [InlineData("EP0013",
        "public static class Api { public static string Get([AsParameters] List «list») => \"\"; } public class List { [FromRoute(Name = "
        + "\"id\")] public int Key { get; set; } [FromRoute] public int Page { get; set; } }")]
    [InlineData("EP0015", "public class «Api»<T> { public string Get(int id) => \"\"; }")]
    [InlineData("EP0015", "public abstract class «Api» { public string Get(int id) => \"\"; }")]
    [InlineData("EP0015", "public struct «Api» { public string Get(int id) => \"\"; }")]
    [InlineData("EP0015", "public class «Api» { private Api() { } public string Get(int id) => \"\"; }")]
    [InlineData("EP0015", "public class «Api» { public Api() { } public Api(object service) { } public string Get(int id) => \"\"; }")]
    [InlineData("EP0015", "public class «Api»(object service) { public Api() : this(1) { } public string Get(int id) => $\"{service}\"; }")]
    [InlineData("EP0016", "public static class Api { public static string Get«<T>»(int id) => \"\"; }")]
    [InlineData("EP0016", "public static class Api { public static async «void» Get(int id) => await Task.Yield(); }")]
    [InlineData("EP0016", "public static class Api { static int s; public static «ref int» Get(int id) => ref s; }")]
    [InlineData("EP0016", "public static class Api { public static «ReadOnlySpan<char>» Get(int id) => default; }")]
    [InlineData("EP0016", "public static class Api { public static unsafe «int*» Get(int id) => default; }")]
    [InlineData("EP0016", "public static class Api { public static string Get(«ref int id») => \"\"; }")]
    [InlineData("EP0016", "public static class Api { public static string Get(«in int id») => \"\"; }")]
    [InlineData("EP0016", "public static class Api { public static string Get(int id, «Span<byte> body») => \"\"; }")]
    [InlineData("EP0017", "public static class Api { public static string «Get» => \"\"; }")]
    [InlineData("EP0017", "public static class Api { public static readonly Func<int, string> «Get» = id => \"\"; }")]
    [InlineData("EP0017", "public static class Api { public static string Get(int id) => \"\"; public static Func<string>? «All»; }")]
    [InlineData("EP0018",
        "public static class Api { [HttpMethod(«\"a b\"»)] public static string Run(int id) => \"\"; public static string Get(int id) => "
        + "\"\"; }")]
    [InlineData("EP0018", "public static class Api { [HttpMethod(«\"\"»)] public static string Get(int id) => \"\"; }")]
    [InlineData("EP0018",
        "public static class Api { [HttpMethod(«Verb»)] public static string Get(int id) => \"\"; const string Verb = \"é\"; }")]
    public void A_mistake_that_leaves_no_route_is_an_error_where_it_was_made(string id, string marked)
    {
        var built = Build(marked);

        AssertAt(marked, id, built);
        Assert.Equal(DiagnosticSeverity.Error, built.Mistakes.Single().Severity);
        Assert.Empty(built.Result.GeneratedSources.Skip(1)); // no rows
    }

    [Theory]
    [InlineData("EP0011", "public static class Api { public static string Put(int id) => \"\"; static string «Get»() => \"\"; }")]
    [InlineData("EP0011",
        "public static class Api { public static string Put(int id) => \"\"; [HttpMethod(\"PURGE\")] static string «Clear»() => \"\"; }")]
    [InlineData("EP0012", "public static class Api { public static string Put(int id) => \"\"; public static string «Fetch»() => \"\"; }")]
    [InlineData("EP0012",
        "public static class Api { public static string Put(int id) => \"\"; public static string «DeletAsync»() => \"\"; }")]
    [InlineData("EP0014", "public static class Api { public static string «Get»() => \"\"; }")]
    [InlineData("EP0014", "public static class Api { public static string «Get»([FromQuery] int id) => \"\"; }")]
    [InlineData("EP0014",
        "public static class Api { public static string «Get»([AsParameters] List list) => \"\"; } public record List(int Page, "
        + "[FromHeader] int Id);")]
    [InlineData("EP0014", "public class «Api» : Base; public abstract class Base { public string Get(int page) => \"\"; }")]
    public void A_mistake_that_leaves_a_route_is_a_warning(string id, string marked)
    {
        var built = Build(marked);

        AssertAt(marked, id, built);
        Assert.Equal(DiagnosticSeverity.Warning, built.Mistakes.Single().Severity);
        Assert.Equal("/users/[id]", built.Load().Single().Route);
    }

    [Theory]
    // Get is there
    [InlineData("public static class Api { public static string Get(int id) => \"\"; public static string Fetch() => \"\"; }")]
    [InlineData("public static class Api { public static string Get(int id) => \"\"; public static string GetById() => \"\"; }")]
    [InlineData(
        "public static class Api { public static string Get(int id) => \"\"; public static string Set() => \"\"; public static string "
        + "Read() => \"\"; }")]
    [InlineData("public static class Api { public static string Get(int id) => \"\"; private static string Fetch() => \"\"; }")]
    [InlineData("public class Api { public string Get(int id) => \"\"; public override string ToString() => \"\"; }")]
    [InlineData("public class Api { public string Get(int id) => \"\"; public string Options { get; } = \"\"; public int Head; }")]
    [InlineData("public static class Api { public static string Get(string ID) => \"\"; }")]
    [InlineData("public static class Api { public static string Get([FromRoute(Name = \"ID\")] int number) => \"\"; }")]
    // somebody reads it
    [InlineData("public static class Api { public static string Get() => \"\"; public static string Put(int id) => \"\"; }")]
    [InlineData("public static class Api { public static string Get(HttpContext context) => \"\"; }")]
    [InlineData("public static class Api { public static string Get(Microsoft.AspNetCore.Http.HttpRequest? request) => \"\"; }")]
    [InlineData("public class Api(IHttpContextAccessor accessor) { public string Get() => accessor.ToString()!; }")]
    [InlineData("public class Api { public Api(IHttpContextAccessor accessor) { } public string Get() => \"\"; }")]
    [InlineData("public static class Api { public static string Get([AsParameters] List list) => \"\"; } public record List(int Id);")]
    [InlineData(
        "public static class Api { public static string Get([AsParameters] List list) => \"\"; } public class List { [FromRoute(Name = "
        + "\"id\")] public int Key { get; set; } }")]
    [InlineData(
        "public static class Api { public static string Get([AsParameters] List list) => \"\"; } public class List { public HttpContext? "
        + "Context { get; set; } }")]
    [InlineData(
        "public static class Api { public static string Get(Self self) => \"\"; } public class Self { public static ValueTask<Self?> "
        + "BindAsync(HttpContext context) => new(new Self()); }")]
    [InlineData(
        "using Context = Microsoft.AspNetCore.Http.HttpContext; public static class Api { public static string Get(Context context) => "
        + "\"\"; }")]
    [InlineData("public class Api : Base; public abstract class Base { public string Get(int id) => \"\"; }")]
    [InlineData(
        "public class Api { public Api() { } [Microsoft.Extensions.DependencyInjection.ActivatorUtilitiesConstructor] public Api(object "
        + "o) { } public string Get(int id) => \"\"; }")]
    [InlineData("public class Api { internal Api(int number) { } public Api() { } public string Get(int id) => \"\"; }")]
    [InlineData("public static class Api { public static string Get(int id) => \"\"; } public record Thread(string Post, string Get);")]
    [InlineData(
        "public static class Api { public static async Task<string> Get(int id) { await Task.Yield(); return \"\"; } public static void "
        + "Post(int id) { } public static Stream Put(int id) => Stream.Null; }")]
    public void What_is_no_mistake_is_not_reported(string source) =>
        Assert.Single(new TestProject().File("pages/users/[id].cs", source).Build().Load());

    [Fact]
    public void A_rest_need_not_be_read() =>
        Assert.Single(
            new TestProject().File("pages/[...all].cs", "public static class Api { public static string Get() => \"\"; }").Build().Load());

    [Theory]
    [InlineData("", "none")]
    [InlineData("public struct «Folder»;", "none")]
    [InlineData("public static class First; public static class «Second»;", "several")]
    [InlineData("public class «Folder»<T>;", "a generic one")]
    [InlineData("file class «Folder»;", "one that only the file can see")]
    public void A_folder_file_holds_one_class(string marked, string has)
    {
        var built = new TestProject().File("pages/api/_folder.cs", Unmarked(marked)).BuildWithMistakes();

        AssertAt(marked, "EP0019", built);
        Assert.EndsWith($"it has {has}", built.Mistakes.Single().GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/shared/pages/api/a.cs", "EndpointsPagesRoot")]
    [InlineData("/site/Pages/api/a.cs", "letter case counts")]
    public void A_file_that_only_looks_like_an_endpoint_is_a_warning(string path, string message)
    {
        var built = new TestProject().Page(path, "Api").BuildWithMistakes();

        Assert.Equal(
            [$"EP0020 {(path.StartsWith(TestProject.Directory, StringComparison.Ordinal) ? path[TestProject.Directory.Length..] : path)} 'Api'"], built.Summary);
        Assert.Contains(message, built.Mistakes.Single().GetMessage(null), StringComparison.Ordinal);
        Assert.Empty(built.Load());
    }

    [Theory]
    [InlineData("/shared/pages/Helper.cs", "public static class Helper { public static string Compute() => \"\"; }")]
    [InlineData("/site/Pages/Index.cshtml.cs", "public class IndexModel { public void Get() { } }")]
    [InlineData("/site/Pages/Store.cs", "public class Store { public string Get(int id) => \"\"; }")]
    [InlineData("/site/Other/a.cs", "public class Other { public void Get() { } }")]
    public void A_file_elsewhere_is_nobodys_business(string path, string source) =>
        Assert.Empty(new TestProject().File(path, source).Build().Load());

    [Fact]
    public void A_warning_can_be_switched_off_in_its_file()
    {
        var built = new TestProject().File("pages/[id].cs", """
            public static class Api
            {
            #pragma warning disable EP0014
                public static string Get() => "";
            #pragma warning restore EP0014
            }
            """).BuildWithMistakes();

        Assert.True(Assert.Single(built.Mistakes).IsSuppressed);
    }

    [Theory]
    [InlineData("public static class Api { public static string Get( { }")]
    [InlineData("public static class { public static string Get() => \"\"; }")]
    [InlineData("public static class Api { public static string Get(")]
    [InlineData("}}}}{{{{")]
    [InlineData("namespace ; public class A { public void Get(int , , ) }")]
    [InlineData("public class A : A { public string Get() => \"\"; }")]
    [InlineData("public class A : { public string Get() => \"\"; [HttpMethod] [HttpMethod(] public void B() { } }")]
    [InlineData("public static class A { public static string Get([AsParameters] A a, [FromRoute(Name = )] B b) => 1; }")]
    public void Broken_source_never_breaks_the_generator(string source) =>
        _ = new TestProject().File("pages/[id].cs", source).File("pages/_folder.cs", source).BuildWithMistakes();

    private static Built Build(string marked) => new TestProject().File("pages/users/[id].cs", Unmarked(marked)).BuildWithMistakes();

    private static string Unmarked(string marked) =>
        marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);

    private static void AssertAt(string marked, string id, Built built)
    {
        var mistake = Assert.Single(built.Mistakes);
        Assert.Equal(id, mistake.Id);
        var start = Math.Max(0, marked.IndexOf('«', StringComparison.Ordinal));
        var length = Math.Max(0, marked.IndexOf('»', StringComparison.Ordinal) - start - 1);
        Assert.Equal(new Microsoft.CodeAnalysis.Text.TextSpan(start, length), mistake.Location.SourceSpan);
    }
}
