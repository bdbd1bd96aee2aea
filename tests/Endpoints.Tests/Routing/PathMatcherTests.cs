using Endpoints.Routing;
using Endpoints.Shared.Naming;

namespace Endpoints.Tests.Routing;

/// <summary>The cost of paths that were written to cost much: the matcher runs before any guard.</summary>
public class PathMatcherTests
{
    [Theory]
    [InlineData("/api/[a]-[b].json", "/api/", "-")]
    [InlineData("/api/[a]-[b]-[c]-[d].json", "/api/", "-")]
    [InlineData("/api/[...a]-[...b].json", "/api/", "-/")]
    [InlineData("/[...a]/x/[...b]/x/[...c]/y", "", "/x")]
    [InlineData("/[...a]/[b]-[c]/[...d].json", "", "/-a-")]
    public void A_path_costs_its_length_times_the_routes_parts(string route, string begin, string repeated)
    {
        var matcher = new PathMatcher(RouteSegments.Parse(route));

        var shorter = Attempts(1_000);
        var longer = Attempts(4_000);

        Assert.InRange(longer, shorter, shorter * 5);

        int Attempts(int count)
        {
            Assert.False(matcher.TryMatch(begin + string.Concat(Enumerable.Repeat(repeated, count)), out _, out var attempts));
            return attempts;
        }
    }
}
