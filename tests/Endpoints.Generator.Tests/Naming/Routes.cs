using Endpoints.Shared.Naming;
using FsCheck;
using FsCheck.Fluent;

namespace Endpoints.Generator.Tests.Naming;

/// <summary>Random routes, made of few pieces so that they often have something in common.</summary>
internal static class Routes
{
    /// <summary>Text that is a route more often than not.</summary>
    public static readonly Gen<string> Texts =
        from segments in Gen.Elements("a", "b", "A", "B", "é", "-", ".", ".json", "[x]", "[y]", "[...r]", "[...s]", "[", "]", "[a-b]", "",
            "/").ArrayOf().Resize(3).ArrayOf().Resize(4)
        select "/" + string.Join('/', segments.Select(parts => string.Concat(parts)));

    /// <summary>Routes without a flaw.</summary>
    public static readonly Gen<RouteSegments> Valid =
        from count in Gen.Choose(0, 4)
        from shapes in Gen.Elements("a", "b", "A", "[#]", "[#]", "[...#]", "a-[#]", "[#]-b", "a-[...#]", "[...#].json", "[#].[$]")
            .ArrayOf(count)
        from names in Gen.Shuffle(["p", "q", "r", "s", "t", "u", "v", "w"])
        select RouteSegments.Parse(
            "/" + string.Join(
                '/', shapes.Select(
                    (s, i) => s.Replace("#", names[i * 2], StringComparison.Ordinal).Replace("$", names[(i * 2) + 1],
                        StringComparison.Ordinal))));
}
