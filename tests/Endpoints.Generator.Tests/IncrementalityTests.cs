using System.Collections;
using System.Reflection;
using Endpoints.Generator.Writing;
using Endpoints.Generator.Tests.Building;
using Endpoints.Shared.Pages;
using Endpoints.Shared.Tables;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Endpoints.Generator.Tests;

public class IncrementalityTests
{
    private const string Users = """
        public static class Users
        {
            public static string Get(int id)
            {
                return "one";
            }
        }
        """;

    [Fact]
    public void Editing_inside_a_handler_reads_that_file_and_writes_nothing()
    {
        var built = Site().Build().Edit("pages/users/[id].cs", Users.Replace("one", "two", StringComparison.Ordinal));

        Assert.Equal(1, Changed(built, Steps.Readings));
        AssertUnchangedFrom(Steps.Pages, built);
    }

    [Theory]
    [InlineData("// A comment that moves every line\n\n" + Users)]
    [InlineData("using System.Text;\n" + Users + "\n\npublic sealed record Body(string Name);")]
    public void Moving_lines_and_adding_what_is_no_handler_writes_nothing(string source) =>
        AssertUnchangedFrom(Steps.Pages, Site().Build().Edit("pages/users/[id].cs", source));

    [Fact]
    public void Editing_a_base_class_reads_the_files_that_may_have_it_and_no_others()
    {
        var built = Site().Build().Edit("Base.cs", "public abstract class Base { public string Get() => \"other\"; }");

        Assert.Equal(0, Changed(built, Steps.Readings));
        Assert.Single(built.Runs(Steps.ModelReadings));
        AssertUnchangedFrom(Steps.Pages, built);
    }

    [Fact]
    public void A_handler_that_a_base_class_gets_is_written()
    {
        var built = Site().Build()
            .Edit("Base.cs", "public abstract class Base { public string Get() => \"\"; public string Put() => \"\"; }");

        Assert.Equal(1, Changed(built, Steps.Pages));
        Assert.Contains("\"PUT\"", built.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Renaming_a_verb_writes_the_part_of_the_table_it_is_in_and_no_other()
    {
        var built = Many().Build().Edit("pages/users/[id].cs", Users.Replace("Get", "Put", StringComparison.Ordinal));

        Assert.Equal(1, Changed(built, Steps.Pages));
        Assert.Equal(0, Changed(built, Steps.Count));
        Assert.Equal(1, Changed(built, Steps.Parts));
        Assert.Equal(1, Written(built));
        Assert.Contains("Method(\"PUT\", \"Put\")", built.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Renaming_a_file_without_changing_its_place_writes_the_part_it_is_in_and_no_other()
    {
        var built = Many().Build().Rename("pages/users/[id].cs", "pages/users/[number].cs",
            Users.Replace("id", "number", StringComparison.Ordinal));

        Assert.Contains("\"/users/[number]\"", built.Source, StringComparison.Ordinal);
        Assert.DoesNotContain("\"/users/[id]\"", built.Source, StringComparison.Ordinal);
        Assert.Equal(1, Changed(built, Steps.Pages));
        Assert.Equal(1, Changed(built, Steps.Parts));
        Assert.Equal(1, Written(built));
    }

    [Fact]
    public void A_file_that_comes_or_goes_changes_the_table()
    {
        var built = Site().Build();
        Assert.Equal(["/crud", "/users/[id]"], built.Load().Select(r => r.Route));
        Assert.Equal(["/crud", "/more", "/users/[id]"],
            built.Edit("pages/more.cs", "public static class More { public static string Get() => \"\"; }").Load().Select(r => r.Route));
        Assert.Equal(["/crud", "/more"], built.Edit("pages/users/[id].cs", null).Load().Select(r => r.Route));
        Assert.Equal(["/more"], built.Edit("pages/crud.cs", null).Load().Select(r => r.Route));
        Assert.Empty(built.Edit("pages/more.cs", null).Load());
    }

    [Fact]
    public void A_mistake_that_comes_moves_and_goes_in_another_member_writes_no_source()
    {
        var built = Site().Build();
        var flawed = Users.Insert(Users.LastIndexOf('}'), "    public static string Fetch2() => \"\"; static void Put() { }\n");

        Assert.Single(built.Edit("pages/users/[id].cs", flawed).Mistakes);
        AssertUnchangedFrom(Steps.Pages, built, alsoMistakes: false);
        Assert.Single(built.Edit("pages/users/[id].cs", "\n\n" + flawed).Mistakes);
        Assert.Equal(8, built.Mistakes[0].Location.GetLineSpan().StartLinePosition.Line);
        AssertUnchangedFrom(Steps.Pages, built, alsoMistakes: false);
        Assert.Empty(built.Edit("pages/users/[id].cs", Users).Mistakes);
        AssertUnchangedFrom(Steps.Pages, built, alsoMistakes: false);
    }

    [Fact]
    public void What_the_steps_hand_on_holds_no_syntax_no_symbol_and_no_location()
    {
        var built = Site().File("pages/_folder.cs", "static class Folder;").Build();

        foreach (var step in (string[])[Steps.Pages, Steps.Folders, Steps.Table, Steps.Rows, Steps.Count, Steps.Parts])
        {
            Assert.NotEmpty(built.Runs(step));
            Assert.All(built.Runs(step).SelectMany(run => run.Outputs), output => Assert.Null(CompilerObjectIn(output.Value, [])));
        }
    }

    [Fact]
    public void The_guard_against_compiler_objects_finds_them()
    {
        var tree = TestProject.Parse("a.cs", Users);
        Assert.NotNull(CompilerObjectIn(new { Deep = new[] { new List<object> { tree } } }, []));
        Assert.NotNull(CompilerObjectIn(tree.GetRoot().GetLocation(), []));
        Assert.NotNull(CompilerObjectIn(new PageSource(tree, "a", "a", PageKind.Page), []));
        Assert.NotNull(
            CompilerObjectIn(new Reading(new PageSource(tree, "a", "a", PageKind.Page), null, null, default, default, false), []));
        Assert.Null(CompilerObjectIn(new Part(0, default), []));
    }

    [Fact]
    public void The_guard_against_needless_runs_sees_a_step_that_ran()
    {
        var built = Site().Build().Edit("pages/users/[id].cs", Users.Replace("Get", "Put", StringComparison.Ordinal));

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(built.AssertNothingRan);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(built.AssertNothingWritten);
    }

    [Fact]
    public void Every_step_is_tracked_by_its_name() =>
        Assert.All(Built.StepNames, step => Assert.NotEmpty(Site().File("pages/_folder.cs", "static class Folder;").Build().Runs(step)));

    private static TestProject Site() => new TestProject()
        .File("pages/users/[id].cs", Users)
        .File("pages/crud.cs", "public class Crud : Base;")
        .File("Base.cs", "public abstract class Base { public string Get() => \"\"; }");

    private static TestProject Many() =>
        Enumerable.Range(0, 250).Aggregate(Site(), (site, i) => site.Page($"pages/many/page{i}.cs", $"Page{i}"));

    private static int Changed(Built built, string step) =>
        built.Runs(step).SelectMany(run => run.Outputs)
            .Count(output => output.Reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New);

    private static int Written(Built built) =>
        built.Result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(run => run.Outputs)
            .Count(output => output.Reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New);

    private static void AssertUnchangedFrom(string step, Built built, bool alsoMistakes = true)
    {
        foreach (var later in Built.StepNames.SkipWhile(name => name != step))
            Assert.Equal(0, Changed(built, later));
        if (alsoMistakes)
            built.AssertNothingWritten();
    }

    private static object? CompilerObjectIn(object? value, HashSet<object> seen)
    {
        if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
            return null;
        if (value is SyntaxTree or SyntaxNode or ISymbol or Compilation or SemanticModel or Location or SourceText || value is SyntaxToken)
            return value;
        if (value is IEnumerable items)
            return items.Cast<object?>().Select(item => CompilerObjectIn(item, seen)).FirstOrDefault(found => found is not null);
        for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Where(field => !field.FieldType.IsPointer))
            {
                if (CompilerObjectIn(field.GetValue(value), seen) is { } found)
                    return found;
            }
        }
        return null;
    }
}
