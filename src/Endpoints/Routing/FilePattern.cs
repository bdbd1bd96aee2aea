using System.Text;
using Endpoints.CompilerServices;
using Endpoints.Shared.Naming;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Endpoints.Routing;

/// <summary>Represents a file's route as a pattern for ASP.NET Core's matcher.</summary>
/// <remarks>
/// Segments that are whole parameters, literals, or a rest at the end mean the same in both notations. For all others, the matcher gets a
/// wider pattern, and <see cref="PathMatcher"/> decides. The route is parsed again here, with the generator's parser, because it may
/// include a group's prefix.
/// </remarks>
internal sealed class FilePattern
{
    private FilePattern(
        RouteSegments route, bool neverTakesTrailingSlash, RoutePattern matched, RoutePattern shown, RoutePattern? withoutRest,
        bool isExact)
    {
        Route = route;
        NeverTakesTrailingSlash = neverTakesTrailingSlash;
        Matched = matched;
        Shown = shown;
        WithoutRest = withoutRest;
        IsExact = isExact;
    }

    /// <summary>Gets the whole route, including the prefix, in Astro's notation.</summary>
    public RouteSegments Route { get; }

    /// <summary>
    /// Gets <see cref="RouteSegments.NeverTakesTrailingSlash"/> of the file's own route. A prefix that ends like a file name has no effect.
    /// </summary>
    public bool NeverTakesTrailingSlash { get; }

    /// <summary>Gets the pattern that matches at least the paths of the route and, if <see cref="IsExact"/>, no others.</summary>
    public RoutePattern Matched { get; }

    /// <summary>
    /// Gets the pattern that people and API descriptions see. The same as <see cref="Matched"/> if <see cref="IsExact"/>.
    /// </summary>
    public RoutePattern Shown { get; }

    /// <summary>
    /// Gets the pattern that captures the same as <see cref="Matched"/> if the rest at the end matches nothing: the matcher would set a
    /// null value where there must be none. Null if the route is not exact or has no rest.
    /// </summary>
    public RoutePattern? WithoutRest { get; }

    /// <summary>
    /// Gets a value that indicates whether <see cref="Matched"/> matches and captures exactly as the route does, apart from trailing
    /// slashes.
    /// </summary>
    public bool IsExact { get; }

    /// <exception cref="InvalidOperationException">The group's prefix and the route can't be combined.</exception>
    public static FilePattern Create(RoutePattern? prefix, FileRoute file)
    {
        try
        {
            var own = RouteSegments.Parse(file.Route);
            return Create(prefix, own,
                prefix is null or { PathSegments.Count: 0 }
                    ? own : RouteSegments.Parse(Text(prefix) + (file.Route == "/" ? "" : file.Route)));
        }
        catch (Exception e) when (e is FormatException or RoutePatternException or ArgumentException)
        {
            throw new InvalidOperationException($"{file.File} can't be mapped under '{prefix?.RawText}': {e.Message}", e);
        }
    }

    private static FilePattern Create(RoutePattern? prefix, RouteSegments own, RouteSegments whole)
    {
        var matched = new List<RoutePatternPathSegment>();
        var shown = new List<RoutePatternPathSegment>();
        var text = new StringBuilder();
        var isExact = true;
        var isOpen = true; // whether the matched pattern can still grow
        var rest = false;
        for (var i = 0; i < own.Segments.Count; i++)
        {
            var segment = own.Segments[i];
            text.Append('/');
            rest = segment.Parts is [{ Kind: RoutePartKind.Rest }] && i == own.Segments.Count - 1;
            var parts = new RoutePatternPart[segment.Parts.Count];
            for (var part = 0; part < parts.Length; part++)
                parts[part] = Part(segment.Parts[part], rest, text);
            shown.Add(RoutePatternFactory.Segment(parts));
            if (!isOpen)
                continue;

            if (rest || segment.Parts is [{ Kind: RoutePartKind.Parameter }]
                || (segment.IsLiteral && !segment.Text.Contains('?', StringComparison.Ordinal)))
            {
                matched.Add(shown[i]);
                continue;
            }
            isExact = false;
            isOpen = !segment.HasRest;
            var stand = RoutePatternFactory.ParameterPart(
                "~" + i, @default: null, isOpen ? RoutePatternParameterKind.Standard : RoutePatternParameterKind.CatchAll);
            matched.Add(RoutePatternFactory.Segment(stand));
        }

        var raw = text.Length == 0 ? "/" : text.ToString();
        var pattern = Combine(prefix, raw, matched);
        return new FilePattern(
            whole,
            own.NeverTakesTrailingSlash,
            pattern,
            isExact ? pattern : Combine(prefix, raw, shown),
            isExact && rest ? Combine(prefix, raw, matched[..^1]) : null,
            isExact);
    }

    private static RoutePattern Combine(RoutePattern? prefix, string raw, List<RoutePatternPathSegment> segments) =>
        RoutePatternFactory.Combine(prefix, RoutePatternFactory.Pattern(raw, segments));

    private static RoutePatternPart Part(RoutePart part, bool isRest, StringBuilder text)
    {
        if (part.Kind == RoutePartKind.Literal)
        {
            // No template can hold a question mark.
            var literal = part.Value.Replace("?", "%3F", StringComparison.Ordinal);
            text.Append(literal.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
            return RoutePatternFactory.LiteralPart(literal);
        }
        text.Append(isRest ? "{**" : "{").Append(part.Value).Append('}');
        return isRest
            ? RoutePatternFactory.Parse($"{{**{part.Value}}}").Parameters[0] // links keep its slashes, which ParameterPart can't say
            : RoutePatternFactory.ParameterPart(part.Value);
    }

    /// <summary>Returns a group's prefix in Astro's notation.</summary>
    private static string Text(RoutePattern prefix) =>
        string.Concat(prefix.PathSegments.Select(static segment => "/" + string.Concat(segment.Parts.Select(static part => part switch
        {
            RoutePatternParameterPart parameter => $"[{parameter.Name}]",
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            _ => throw new FormatException("its prefix can't be read"),
        }))));
}
