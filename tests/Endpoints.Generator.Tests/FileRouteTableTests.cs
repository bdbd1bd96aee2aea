using Endpoints.Generator.Tests.Building;
using Microsoft.CodeAnalysis.CSharp;

namespace Endpoints.Generator.Tests;

public class FileRouteTableTests
{
    [Fact]
    public void A_file_becomes_a_row_of_the_table()
    {
        var table = new TestProject().File("pages/api/products/[id].cs", """
            namespace Shop.Pages;

            public static class Product
            {
                public static string Get(int id) => $"{id}";

                public static Task<string> PUTAsync(int id) => Task.FromResult("");

                [HttpMethod("propfind"), HttpMethod("REPORT")]
                public static string Describe(int id) => "";
            }
            """).Build().Load();

        var row = Assert.Single(table);
        Assert.Equal("pages/api/products/[id].cs", row.File);
        Assert.Equal("/api/products/[id]", row.Route);
        Assert.Equal("Shop.Pages.Product", row.Handler.FullName);
        Assert.Equal([new("GET", "Get"), new("PUT", "PUTAsync"), new("PROPFIND", "Describe"), new("REPORT", "Describe")], row.Methods);
        Assert.Empty(row.Folders);
    }

    [Fact]
    public void Rows_are_in_the_order_in_which_they_are_tried()
    {
        var table = new TestProject().Page("pages/[...all].cs").Page("pages/index.cs").Page("pages/blog/[slug].cs")
            .Page("pages/blog/new.cs").Page("pages/blog/index.cs").Build().Load();

        Assert.Equal(["/blog/new", "/blog/[slug]", "/blog", "/", "/[...all]"], table.Select(r => r.Route));
    }

    [Fact]
    public void A_project_without_endpoint_files_has_an_empty_table()
    {
        var built = new TestProject().File("Program.cs", "public static class Program { public static string Get() => \"\"; }").Build();

        Assert.Empty(built.Load());
        Assert.Contains("FileRouteTable", built.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_without_the_library_gets_nothing() =>
        Assert.Empty(
            new TestProject().WithoutTheLibrary().File("pages/a.cs", "public static class A { public static string Get() => \"\"; }")
                .Build().Result.GeneratedSources);

    [Theory]
    [InlineData("get", "GET")]
    [InlineData("GET", "GET")]
    [InlineData("PostAsync", "POST")]
    [InlineData("putasync", "PUT")]
    [InlineData("Patch", "PATCH")]
    [InlineData("Delete", "DELETE")]
    [InlineData("Head", "HEAD")]
    [InlineData("Options", "OPTIONS")]
    [InlineData("Trace", "TRACE")]
    [InlineData("Connect", "CONNECT")]
    [InlineData("All", "ALL")]
    [InlineData("AllAsync", "ALL")]
    public void A_method_is_named_after_an_HTTP_method_in_any_casing(string name, string verb)
    {
        var table = new TestProject().File("pages/a.cs", $"public static class A {{ public static string {name}() => \"\"; }}").Build()
            .Load();

        Assert.Equal(new FileRouteMethod(verb, name), table.Single().Methods.Single());
    }

    [Fact]
    public void D7_What_is_generated_is_code_in_every_version_of_the_language()
    {
        var written = new TestProject()
            .File("pages/a/[id].cs", "public static class A { public static string Get(string id) => id; }").Build()
            .Result.GeneratedSources;

        Assert.NotEmpty(written);
        foreach (var version in (LanguageVersion[])[LanguageVersion.CSharp7_3, LanguageVersion.CSharp8, LanguageVersion.CSharp10])
        {
            Assert.All(written, source => Assert.Empty(
                CSharpSyntaxTree.ParseText(source.SourceText, new CSharpParseOptions(version)).GetDiagnostics()));
        }
    }

    [Theory]
    [InlineData("public class A { public string Get() => \"\"; public static string Post() => \"\"; }", "GET POST")]
    [InlineData("public sealed record A(IServiceProvider Services) { public string Get() => \"\"; }", "GET")]
    [InlineData("public class A : Base { public string Post() => \"\"; } public abstract class Base { public string Get() => \"\"; }",
        "POST GET")]
    [InlineData("public class A : Base { public new string Get() => \"\"; } public abstract class Base { public string Get() => \"\"; }",
        "GET")]
    [InlineData(
        "public class A : Base { public override string Get() => \"\"; } public abstract class Base { public abstract string Get(); "
        + "public virtual string Put() => \"\"; }", "GET PUT")]
    [InlineData("public class A : Base<int> { } public abstract class Base<T> { public T? Get() => default; }", "GET")]
    [InlineData(
        "public static partial class A { public static string Get() => \"\"; } public static partial class A { public static string "
        + "Put() => \"\"; }", "GET PUT")]
    [InlineData("public static partial class A { public static partial string Get(); public static partial string Get() => \"\"; }", "GET")]
    [InlineData("public class A : IDisposable { public string Get() => \"\"; public void Dispose() => GC.SuppressFinalize(this); }", "GET")]
    [InlineData(
        "public class A : IGet { public string Post() => \"\"; string IGet.Get() => \"\"; } public interface IGet { string Get(); }",
        "POST")]
    [InlineData(
        "public record Item(string Name); internal sealed class Store { public Item? Get() => null; } public static class A { public "
        + "static string Put() => \"\"; }", "PUT")]
    public void The_handlers_of_a_class_are_its_public_methods_wherever_they_are_declared(string source, string verbs)
    {
        var row = new TestProject().File("pages/a.cs", source).Build().Load().Single();

        Assert.Equal("A", row.Handler.Name);
        Assert.Equal(verbs, string.Join(' ', row.Methods.Select(m => m.HttpMethod)));
    }

    [Fact]
    public void A_partial_class_has_the_handlers_of_its_other_files_but_not_of_another_endpoint_file()
    {
        var table = new TestProject()
            .File("pages/a.cs", "public static partial class A { public static string Get() => \"\"; }")
            .File("pages/b.cs", "public static partial class A { public static string Delete() => \"\"; }")
            .File("pages/_more.cs",
                "public static partial class A { public static string Post() => \"\"; private static string Put() => \"\"; }")
            .File("Elsewhere.cs",
                "public static partial class A { [HttpMethod(Verb)] public static string Clear() => \"\"; const string Verb = \"purge\"; }")
            .Build().Load();

        Assert.Equal(["/a GET POST PURGE", "/b DELETE POST PURGE"],
            table.Select(r => $"{r.Route} {string.Join(' ', r.Methods.Select(m => m.HttpMethod).Order())}"));
    }

    [Fact]
    public void A_base_class_in_another_assembly_gives_its_handlers()
    {
        var library =
            new TestProject().File("Crud.cs",
                "public abstract class Crud { public string Get() => \"\"; [HttpMethod(\"PURGE\")] public string Clear() => \"\"; "
                + "protected string Put() => \"\"; }").Build();

        var built = new TestProject().Reference(library.Output.ToMetadataReference()).File("pages/a.cs", "public class A : Crud;").Build();

        Assert.Contains("Method(\"GET\", \"Get\"), Method(\"PURGE\", \"Clear\")", built.Source, StringComparison.Ordinal);
        Assert.DoesNotContain("PUT", built.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_class_goes_with_every_route_beneath_the_outermost_first()
    {
        var table = new TestProject()
            .File("pages/_folder.cs", "internal static class Everything;")
            .File("pages/api/admin/_folder.cs", "namespace Admin; [Obsolete] public sealed class Folder;")
            .File("pages/_private/_folder.cs", "")
            .Page("pages/api/admin/users/[id].cs").Page("pages/api/administrators.cs").Page("pages/index.cs")
            .Build().Load();

        Assert.Equal(
            ["/api/admin/users/[id]: Everything Folder", "/api/administrators: Everything", "/: Everything"],
            table.Select(r => $"{r.Route}: {string.Join(' ', r.Folders.Select(f => f.Name))}"));
    }

    [Fact]
    public void Several_pages_folders_give_one_table_and_their_own_names_are_no_part_of_a_route()
    {
        var table = new TestProject().Roots(" pages | ./src\\web/ |../shared/endpoints|").Page("pages/a.cs").Page("src/web/b.cs")
            .Page("/shared/endpoints/api/c.cs").Page("web/d.cs").Build().Load();

        Assert.Equal(
            ["/a pages/a.cs", "/api/c ../shared/endpoints/api/c.cs", "/b src/web/b.cs"], table.Select(r => $"{r.Route} {r.File}"));
    }

    /// <summary><c>.globalconfig</c> writes into the compiler's configuration, where nobody looks for endpoints.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("project=/site/\nroots=pages\n")]
    public void The_compilers_configuration_has_no_say_in_where_endpoint_files_lie(string? settings)
    {
        var project = new TestProject().Option("EndpointsPagesRoots", "other").Option("EndpointsPagesRoot", "other").Page("pages/a.cs")
            .Page("other/b.cs");

        Assert.Equal(
            ["/a"], (settings is null ? project : project.Settings(settings).Option("ProjectDir", "/elsewhere/")).Build().Load()
                .Select(static row => row.Route));
    }

    [Theory]
    [InlineData("project=/site/\nroots=pages\n", "project=/site/\nroots=other\n")]
    [InlineData("roots=pages\n")]
    [InlineData("project=/site/\nroots=pages\nroots=other\n")]
    [InlineData("")]
    public void Where_endpoint_files_lie_is_said_once_and_plainly(params string[] settings)
    {
        var project = settings.Aggregate(new TestProject().Page("pages/a.cs"), static (project, text) => project.Settings(text));

        Assert.Equal("EP1202", Assert.Single(project.BuildWithMistakes().Mistakes).Id);
    }

    [Theory]
    [InlineData("C:\\Sites\\Shop\\", "c:\\sites\\shop\\pages\\api\\a.cs", 1)]
    [InlineData("C:/Sites/Shop/", "C:\\Sites\\Shop\\pages\\api\\a.CS", 1)]
    [InlineData("/sites/shop", "/sites/shop/../shop/pages/api/a.cs", 1)]
    [InlineData("/sites/shop/", "pages/api/a.cs", 1)]
    [InlineData("/sites/shop/", "/sites/shop/Pages/api/a.cs", 0)]
    [InlineData("/sites/shop/", "/sites/shop/pages/api/a.txt", 0)]
    [InlineData("/sites/shop/", "/sites/shop/pages/api/a.cshtml.cs", 0)]
    [InlineData("/sites/shop/", "/sites/shop/pages/api/a.razor.cs", 0)]
    [InlineData("/sites/shop/", "/sites/shop/pages2/api/a.cs", 0)]
    [InlineData("/sites/shop/", "/sites/shop/sub/pages/api/a.cs", 0)]
    [InlineData(null, "pages/api/a.cs", 1)]
    public void A_file_is_found_below_the_pages_folder_of_its_project(string? project, string path, int rows)
    {
        // The project's own Path rules are those of this machine, so the file is added as it is.
        var built = new TestProject().Option("ProjectDir", project);
        var compilation = built.Compilation().AddSyntaxTrees(TestProject.Parse(path, "public class A { public string Get() => \"\"; }"));

        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        if (project is not null)
            options["build_property.ProjectDir"] = project;
        Assert.Equal(rows, new Built(compilation, options).Load().Count(r => r.Route == "/api/a"));
    }
}
