using Endpoints.Shared.Naming;
using FsCheck;
using FsCheck.Fluent;

namespace Endpoints.Generator.Tests.Naming;

public class RouteSegmentsTests
{
    [Theory]
    [InlineData("/api/data.json", true)]
    [InlineData("/[slug].json", true)]
    [InlineData("/[...path].json", true)]
    [InlineData("/v1.0", true)]
    [InlineData("/a._", true)]
    [InlineData("/img.[fmt]", false)]
    [InlineData("/v1.0/users", false)]
    [InlineData("/a.", false)]
    [InlineData("/a.b-c", false)]
    [InlineData("/.well-known", false)]
    [InlineData("/a.é", false)]
    [InlineData("/json", false)]
    [InlineData("/", false)]
    public void A_route_that_ends_like_a_file_never_takes_a_trailing_slash(string route, bool never) =>
        Assert.Equal(never, RouteSegments.Parse(route).NeverTakesTrailingSlash);

    [Theory]
    [InlineData("/a/[b]", "/a/[c]", true)]
    [InlineData("/a/[...b]", "/a/[...c]", true)]
    [InlineData("/[a]-[b]", "/[c]-[d]", true)]
    [InlineData("/About", "/aBOUT", true)]
    [InlineData("/CAFÉ", "/café", true)]
    [InlineData("/a/[b]", "/a/[...b]", false)]
    [InlineData("/a-[x]", "/[x]-a", false)]
    [InlineData("/a/b", "/ab", false)]
    [InlineData("/[]", "/[a]", false)]
    [InlineData("/a[b]", "/a/[b]", false)]
    public void Two_routes_have_one_shape_when_only_parameter_names_and_letter_case_differ(string a, string b, bool same) =>
        Assert.Equal(same, string.Equals(RouteSegments.Parse(a).Shape, RouteSegments.Parse(b).Shape, StringComparison.OrdinalIgnoreCase));

    [Theory]
    [InlineData("/[lang]-[version]", true, false, true)]
    [InlineData("/[id]", false, false, false)]
    [InlineData("/[...all]", false, true, false)]
    [InlineData("/x[...all]", false, true, true)]
    [InlineData("/plain[]", true, false, true)]
    public void A_segment_knows_what_it_holds(string route, bool hasText, bool hasRest, bool textOrLiteral)
    {
        var segment = RouteSegments.Parse(route).Segments.Single();

        Assert.Equal(textOrLiteral, segment.HasText);
        Assert.Equal(hasRest, segment.HasRest);
        Assert.Equal(hasText && segment.Parts.Count == 1, segment.IsLiteral);
    }

    [Fact]
    public void A_segment_is_split_into_its_parts() => Assert.Equal(
        [
            new(RoutePartKind.Literal, "v"), new(RoutePartKind.Parameter, "a"), new(RoutePartKind.Literal, "."),
            new(RoutePartKind.Rest, "b"),
        ],
        RouteSegments.Parse("/v[a].[...b]").Segments.Single().Parts);

    [Theory]
    [InlineData("")]
    [InlineData("api")]
    [InlineData("/a//b")]
    [InlineData("/a/")]
    [InlineData("/[a-b]")]
    public void Text_that_is_no_route_is_refused_with_its_reason(string text)
    {
        var refusal = Assert.Throws<FormatException>(() => RouteSegments.Parse(text));
        Assert.StartsWith($"The route '{text}' can't be used: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_parsed_prints_as_it_was_and_whatever_is_not_is_refused_without_an_exception() =>
        Prop.ForAll(Routes.Texts.ToArbitrary(), text =>
        {
            var route = RouteSegments.TryParse(text, out var flaw);
            if (route is null)
                return flaw is not null && flaw.Message.Length > 0;
            return flaw is null
                && route.Text == text
                && string.Concat(route.Segments.Select(s => "/" + string.Concat(s.Parts))) == (text == "/" ? "" : text)
                && RouteSegments.Parse(text).Equals(route)
                && route.Segments.All(s => s.HasText == s.Parts.Any(p => p.Kind == RoutePartKind.Literal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
}
