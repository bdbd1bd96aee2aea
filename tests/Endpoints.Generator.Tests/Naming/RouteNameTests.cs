using Endpoints.Shared.Naming;

namespace Endpoints.Generator.Tests.Naming;

public class RouteNameTests
{
    [Theory]
    [InlineData("api/products/[id]", "/api/products/[id]")]
    [InlineData("api/products/index", "/api/products")]
    [InlineData("index", "/")]
    [InlineData("index/index", "/index")]
    [InlineData("index/list", "/index/list")]
    [InlineData("Index", "/Index")]
    [InlineData("index.json", "/index.json")]
    [InlineData("users.test", "/users.test")]
    [InlineData("files/[...path]", "/files/[...path]")]
    [InlineData(".well-known/info", "/.well-known/info")]
    [InlineData(".well-known/index", "/.well-known")]
    [InlineData("(group)/@slot/$id/{id}/~/te st", "/(group)/@slot/$id/{id}/~/te st")]
    [InlineData("x[]", "/x[]")]
    [InlineData("[]", "/[]")]
    [InlineData("]a[", "/]a[")]
    [InlineData("v[major].[minor]", "/v[major].[minor]")]
    [InlineData("[$a_1]", "/[$a_1]")]
    [InlineData("[2nd]", "/[2nd]")]
    [InlineData("x[]-[id]", "/x[]-[id]")]
    public void A_path_gives_its_route(string path, string route)
    {
        var name = RouteName.Parse(path);

        Assert.Null(name.Flaw);
        Assert.False(name.IsExcluded);
        Assert.Equal(route, name.Route!.Text);
    }

    [Theory]
    [InlineData("_folder")]
    [InlineData("api/_lib/util")]
    [InlineData("_[a-b]")]
    [InlineData(".hidden")]
    [InlineData("api/.git/x")]
    [InlineData("api/../x")]
    [InlineData(".well-known")]
    [InlineData("api/.well-known")]
    [InlineData(".well-known2")]
    [InlineData(".Well-Known/x")]
    [InlineData("[a-b]/_x")]
    public void Names_that_begin_with_an_underscore_or_a_dot_are_left_out_before_any_check(string path) =>
        Assert.True(RouteName.Parse(path).IsExcluded);

    [Theory]
    [InlineData("[a][b]", NameFlawKind.ParametersNotSeparated, "[a][b]", "")]
    [InlineData("[][]", NameFlawKind.ParametersNotSeparated, "[][]", "")]
    [InlineData("[...a][...b", NameFlawKind.ParametersNotSeparated, "[...a][...b", "")] // the first rule that is broken
    [InlineData("[id", NameFlawKind.BracketsUnbalanced, "[id", "")]
    [InlineData("[", NameFlawKind.BracketsUnbalanced, "[", "")]
    [InlineData("a]b[c]", NameFlawKind.BracketsUnbalanced, "a]b[c]", "")]
    [InlineData("ok/[a-b]/c", NameFlawKind.ParameterName, "[a-b]", "a-b")]
    [InlineData("[...]", NameFlawKind.ParameterName, "[...]", "...")]
    [InlineData("[....a]", NameFlawKind.ParameterName, "[....a]", "....a")]
    [InlineData("[a...]", NameFlawKind.ParameterName, "[a...]", "a...")]
    [InlineData("[é]", NameFlawKind.ParameterName, "[é]", "é")]
    [InlineData("[a(b]", NameFlawKind.ParameterName, "[a(b]", "a(b")]
    [InlineData("[id:int]", NameFlawKind.ParameterName, "[id:int]", "id:int")]
    [InlineData("[[a]]", NameFlawKind.BracketsNested, "[[a]]", "a")]
    [InlineData("[[...b]]", NameFlawKind.BracketsNested, "[[...b]]", "...b")]
    [InlineData("[[a]-x]", NameFlawKind.BracketsNested, "[[a]-x]", "a")]
    [InlineData("[x]/[x]", NameFlawKind.ParameterTwice, "[x]", "x")]
    [InlineData("[id]/y/[...ID]", NameFlawKind.ParameterTwice, "[...ID]", "ID")]
    [InlineData("[a]-[a]", NameFlawKind.ParameterTwice, "[a]-[a]", "a")]
    [InlineData("a//b", NameFlawKind.NotARoute, "/a//b", "")]
    [InlineData("", NameFlawKind.NotARoute, "/", "")]
    public void A_name_with_a_flaw_says_which(string path, object kind, string segment, string parameter)
    {
        var name = RouteName.Parse(path);

        Assert.Null(name.Route);
        Assert.Equal(new NameFlaw((NameFlawKind)kind, segment, parameter), name.Flaw);
        Assert.Contains($"'{(parameter.Length > 0 ? parameter : segment)}'", name.Flaw!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_brought_to_the_composed_form() => Assert.Equal("/caf\u00e9/x", RouteName.Parse("cafe\u0301/x").Route!.Text);

    [Fact]
    public void Every_recorded_file_gets_the_route_that_Astro_gave_it()
    {
        var decidedOtherwise = new HashSet<NameFlawKind>();
        foreach (var route in Recorded.All("cases").Concat(Recorded.All("accepted"))
            .SelectMany(c => c.GetProperty("routes").EnumerateArray()))
        {
            var name = RouteName.Parse(Recorded.BelowPages(route.Text("file")));
            if (name.Flaw is { } flaw)
            {
                decidedOtherwise.Add(flaw.Kind);
                continue;
            }
            Assert.Equal(route.Text("route"), name.Route!.Text);
            Assert.Equal(route.GetProperty("params").EnumerateArray().Select(p => p.GetString()!.TrimStart('.')), name.Route.Parameters);
        }
        Assert.Equal([NameFlawKind.BracketsNested, NameFlawKind.ParameterTwice], decidedOtherwise.Order());
    }

    [Fact]
    public void A_recorded_file_is_left_out_exactly_when_Astro_left_it_out()
    {
        foreach (var @case in Recorded.All("cases").Concat(Recorded.All("accepted")))
        {
            var routed = @case.GetProperty("routes").EnumerateArray().Select(r => r.Text("file")).ToHashSet();
            foreach (var file in @case.GetProperty("files").EnumerateArray()
                .Select(f => f.ValueKind == System.Text.Json.JsonValueKind.String ? f.GetString()! : f.Text("path")))
                Assert.Equal(!routed.Contains(file), RouteName.Parse(Recorded.BelowPages(file)).IsExcluded);
        }
    }

    [Fact]
    public void Every_name_that_Astro_refuses_by_rule_is_refused_for_the_same_reason()
    {
        var reasons = new Dictionary<NameFlawKind, string>
        {
            [NameFlawKind.ParametersNotSeparated] = "parameters must be separated",
            [NameFlawKind.BracketsUnbalanced] = "brackets are unbalanced",
            [NameFlawKind.ParameterName] = "parameter name must match",
        };
        var refused = Recorded.All("rejected").Where(r => r.Text("kind") == "rule").ToArray();
        Assert.NotEmpty(refused);
        foreach (var entry in refused)
        {
            var flaw = entry.GetProperty("files").EnumerateArray().Select(f => RouteName.Parse(Recorded.BelowPages(f.GetString()!)).Flaw)
                .Single(f => f is not null);
            Assert.Contains(reasons[flaw!.Kind], entry.Text("message"), StringComparison.Ordinal);
        }
    }
}
