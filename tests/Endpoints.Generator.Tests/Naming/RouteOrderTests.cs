using Endpoints.Shared.Naming;
using FsCheck;
using FsCheck.Fluent;

namespace Endpoints.Generator.Tests.Naming;

public class RouteOrderTests
{
    // One row for each sentence above RouteOrder, and then the edges of each.
    [Theory]
    [InlineData("/about", "/blog")]
    [InlineData("/new", "/[id]")]
    [InlineData("/game-[title]", "/[title]")]
    [InlineData("/game-[...all]", "/[title]")]
    [InlineData("/[id]", "/[...all]")]
    [InlineData("/game-[title]", "/game-[...all]")]
    [InlineData("/[id]/edit", "/[id]")]
    [InlineData("/blog", "/blog/[...slug]")]
    [InlineData("/[b]-x", "/a-[c]")]
    [InlineData("/a/x-[...r]", "/a/[b]")]
    [InlineData("/a/[b]", "/a")]
    [InlineData("/u/[...r]", "/[a]/settings")]
    [InlineData("/[...a]/[b]/[c]", "/[...a]")]
    [InlineData("/[...a]/b", "/[...a]")]
    [InlineData("/a/[...r]/x", "/a")]
    [InlineData("/[...r]/[...s]", "/[...r]")]
    [InlineData("/", "/[...r]")]
    [InlineData("/a", "/")]
    [InlineData("/[a].[c]", "/[z]-[b]")]
    [InlineData("/users/new", "/Users/[id]")] // either spelling reaches both
    [InlineData("/Users/new", "/users/[id]")]
    public void The_first_is_tried_before_the_second(string first, string second)
    {
        var (a, b) = (RouteSegments.Parse(first), RouteSegments.Parse(second));

        Assert.True(RouteOrder.Instance.Compare(a, b) < 0);
        Assert.True(RouteOrder.Instance.Compare(b, a) > 0);
    }

    [Fact]
    public void A_circle_in_the_rules_is_cut_where_no_path_is_contested()
    {
        string[] circle = ["/a", "/a/x-[...r]", "/a/[b]"];
        Assert.Equal(["/a/x-[...r]", "/a/[b]", "/a"], Sort(circle));
        Assert.Equal(["/a", "/a/x-[...r]", "/a/y-[...r]"], Sort(["/a/y-[...r]", "/a/x-[...r]", "/a"]));
    }

    [Fact]
    public void Every_recorded_table_comes_out_in_the_order_of_Astro()
    {
        var compared = 0;
        foreach (var @case in Recorded.All("cases").Concat(Recorded.All("accepted")))
        {
            var routes = @case.GetProperty("routes").EnumerateArray().Select(r => r.Text("route"))
                .Where(r => RouteSegments.TryParse(r, out _) is not null).ToArray();
            compared += routes.Length > 1 ? 1 : 0;
            Assert.Equal(routes, Sort(routes.Order(StringComparer.Ordinal)));
            Assert.Equal(routes, Sort(routes.OrderDescending(StringComparer.Ordinal)));
        }
        Assert.True(compared > 50);
    }

    [Fact]
    public void The_order_is_total() =>
        Prop.ForAll(Three.ToArbitrary(), r =>
        {
            int Order(int a, int b) => Math.Sign(RouteOrder.Instance.Compare(r[a], r[b]));
            return Order(0, 1) == -Order(1, 0)
                && (Order(0, 1) == 0) == r[0].Equals(r[1])
                && (Order(0, 1) > 0 || Order(1, 2) > 0 || Order(0, 2) <= 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    [Fact]
    public void Sorting_does_not_depend_on_the_order_it_is_given() =>
        Prop.ForAll(Tables.ToArbitrary(), table =>
            Sort(table.Select(r => r.Text)).SequenceEqual(Sort(table.Select(r => r.Text).Reverse())))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    // The rules once more, as they are written down and without a care for circles.
    [Fact]
    public void A_sorted_table_breaks_no_rule_but_where_a_circle_is_cut() =>
        Prop.ForAll(Tables.ToArbitrary(), table =>
        {
            var sorted = RouteOrder.Sort(table.DistinctBy(r => r.Text), r => r);
            for (var i = 0; i < sorted.Count; i++)
            {
                for (var k = i + 1; k < sorted.Count; k++)
                {
                    if (ByTheRules(sorted[i], sorted[k]) > 0 && !InACircle(sorted[k], sorted[i], sorted))
                        return false;
                }
            }
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    private static readonly Gen<RouteSegments[]> Three = Routes.Valid.ArrayOf(3);

    private static readonly Gen<RouteSegments[]> Tables = Routes.Valid.ArrayOf().Resize(9);

    private static IEnumerable<string> Sort(IEnumerable<string> routes) =>
        RouteOrder.Sort(routes.Select(RouteSegments.Parse), r => r).Select(r => r.Text);

    private static bool InACircle(RouteSegments shorter, RouteSegments longer, IReadOnlyList<RouteSegments> table) =>
        longer.Segments[^1] is { HasText: true, HasRest: true }
        && table.Any(other => ByTheRules(longer, other) < 0 && ByTheRules(other, shorter) < 0);

    private static int ByTheRules(RouteSegments a, RouteSegments b)
    {
        foreach (var (x, y) in a.Segments.Zip(b.Segments))
        {
            if (x.IsLiteral && y.IsLiteral && !string.Equals(x.Text, y.Text, StringComparison.OrdinalIgnoreCase))
                return Collation.Compare(x.Text, y.Text);
            if (x.IsLiteral != y.IsLiteral)
                return x.IsLiteral ? -1 : 1;
            if (x.HasText != y.HasText)
                return x.HasText ? -1 : 1;
            if (x.HasRest != y.HasRest)
                return x.HasRest ? 1 : -1;
        }
        if (a.Segments.Count == b.Segments.Count)
            return Collation.Compare(a.Text, b.Text);
        if (a.Segments.Count > b.Segments.Count)
            return -ByTheRules(b, a);
        var shorterFirst = b.Segments.Count - a.Segments.Count == 1 && b.Segments[^1].HasRest
            && !(a.Segments.Count > 0 && a.Segments[^1].HasRest);
        return shorterFirst ? -1 : 1;
    }
}
