namespace Endpoints.Shared.Naming;

/// <summary>
/// Defines the order in which routes are tried. The first route that matches a path handles it. The order mirrors Astro's.
/// </summary>
/// <remarks>
/// <para>Two routes are compared segment by segment from the left. The first difference decides:</para>
/// <list type="bullet">
/// <item>
/// Different literals are in alphabetical order: <c>/about</c> before <c>/blog</c>. A difference in letter case only does not count.
/// </item>
/// <item>A literal comes before a segment with parameters: <c>/new</c> before <c>/[id]</c>.</item>
/// <item>
/// A segment with some text comes before one with parameters only: <c>/game-[title]</c> before <c>/[title]</c>, also <c>/game-[...all]</c>.
/// </item>
/// <item>Otherwise, a segment without a rest comes before one with a rest: <c>/[id]</c> before <c>/[...all]</c>.</item>
/// </list>
/// <para>If the common segments do not differ:</para>
/// <list type="bullet">
/// <item>The route with more segments comes first: <c>/[id]/edit</c> before <c>/[id]</c>.</item>
/// <item>
/// However, one additional segment that contains a rest comes after a last segment that contains none: <c>/blog</c> before
/// <c>/blog/[...slug]</c>.
/// </item>
/// <item>
/// With equally many segments, the whole texts are in alphabetical order, including parameter names: <c>/[b]-x</c> before <c>/a-[c]</c>.
/// </item>
/// </list>
/// <para>
/// Alphabetical order is that of <see cref="Collation"/>. These rules alone can form a cycle: <c>/a</c> before <c>/a/x-[...r]</c> before
/// <c>/a/[b]</c> before <c>/a</c>. <see cref="Compare"/> therefore puts <c>/a/x-[...r]</c> before <c>/a</c>, because they match no path in
/// common, and <see cref="Sort"/> swaps them back wherever nothing stands between them.
/// </para>
/// </remarks>
internal sealed class RouteOrder : IComparer<RouteSegments>
{
    /// <summary>Gets the only instance.</summary>
    public static RouteOrder Instance { get; } = new();

    private RouteOrder()
    {
    }

    /// <summary>Sorts rows by their routes. Rows of the same route keep their order.</summary>
    public static IReadOnlyList<T> Sort<T>(IEnumerable<T> rows, Func<T, RouteSegments> route)
    {
        var sorted = rows.OrderBy(route, Instance).ToList();
        for (var i = 1; i < sorted.Count; i++)
        {
            for (var k = i; k > 0 && IsOneMixedRestLonger(route(sorted[k - 1]), route(sorted[k])); k--)
                (sorted[k], sorted[k - 1]) = (sorted[k - 1], sorted[k]);
        }
        return sorted;
    }

    /// <summary>
    /// Compares two routes. The result is less than zero if <paramref name="x"/> is tried first, and zero only if they are the same text.
    /// </summary>
    public int Compare(RouteSegments? x, RouteSegments? y)
    {
        if (x is null || y is null)
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);

        var order = CompareCommon(x, y);
        if (order != 0)
            return order;

        var (a, b) = (x.Segments, y.Segments);
        if (a.Count != b.Count)
        {
            var (shorter, longer) = a.Count < b.Count ? (a, b) : (b, a);
            var shorterFirst = longer.Count - shorter.Count == 1 && Kind(longer[longer.Count - 1]) == SegmentKind.Rest
                && !EndsInRest(shorter);
            return (a.Count < b.Count) == shorterFirst ? -1 : 1;
        }

        return Collation.Compare(x.Text, y.Text);
    }

    private static int CompareCommon(RouteSegments x, RouteSegments y)
    {
        for (var i = 0; i < x.Segments.Count && i < y.Segments.Count; i++)
        {
            var (a, b) = (x.Segments[i], y.Segments[i]);
            var order = Kind(a).CompareTo(Kind(b));
            if (order == 0 && a.IsLiteral)
                order = Collation.Compare(a.Folded, b.Folded);
            if (order != 0)
                return order;
        }
        return 0;
    }

    private static bool IsOneMixedRestLonger(RouteSegments longer, RouteSegments shorter) =>
        longer.Segments.Count == shorter.Segments.Count + 1
        && Kind(longer.Segments[longer.Segments.Count - 1]) == SegmentKind.MixedRest
        && !EndsInRest(shorter.Segments)
        && CompareCommon(longer, shorter) == 0;

    private static bool EndsInRest(IReadOnlyList<RouteSegment> segments) => segments.Count > 0 && segments[segments.Count - 1].HasRest;

    private static SegmentKind Kind(RouteSegment segment) => (segment.IsLiteral, segment.HasText, segment.HasRest) switch
    {
        (true, _, _) => SegmentKind.Literal,
        (_, true, false) => SegmentKind.Mixed,
        (_, true, true) => SegmentKind.MixedRest,
        (_, false, false) => SegmentKind.Parameter,
        _ => SegmentKind.Rest,
    };

    // In the order in which they are tried.
    private enum SegmentKind
    {
        Literal,
        Mixed,
        MixedRest,
        Parameter,
        Rest,
    }
}
