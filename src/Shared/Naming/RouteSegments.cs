using System.Text;

namespace Endpoints.Shared.Naming;

/// <summary>Represents a route in Astro's notation (<c>/api/products/[id]</c>), split into segments and their parts.</summary>
/// <remarks>Two routes are equal if their texts are equal.</remarks>
internal sealed class RouteSegments : IEquatable<RouteSegments>
{
    private RouteSegments(string text, RouteSegment[] segments, IReadOnlyList<string> parameters)
    {
        Text = text;
        Segments = segments;
        Parameters = parameters;
        NeverTakesTrailingSlash = EndsLikeFile(text);
        Shape = ShapeOf(segments);
    }

    /// <summary>Gets the text of the route, from its leading <c>/</c>. The root is <c>/</c> alone.</summary>
    public string Text { get; }

    /// <summary>Gets the segments from left to right. The list is empty for the root.</summary>
    public IReadOnlyList<RouteSegment> Segments { get; }

    /// <summary>
    /// Gets a value that indicates whether a request with a trailing slash never reaches the route, regardless of settings, because its
    /// last segment ends in <c>.</c> and word characters (<c>data.json</c>, <c>[slug].json</c>, the folder of <c>v1.0/index</c>; not
    /// <c>img.[fmt]</c>).
    /// </summary>
    public bool NeverTakesTrailingSlash { get; }

    /// <summary>
    /// Gets the text that routes that match the same paths have in common: their literal text and the positions of their parameters and
    /// rests, without the names. Compare it with <see cref="StringComparer.OrdinalIgnoreCase"/>. It is not meant for display, because it
    /// contains characters that no file name can have.
    /// </summary>
    public string Shape { get; }

    /// <summary>Gets the names of the parameters and rests, from left to right.</summary>
    public IReadOnlyList<string> Parameters { get; }

    /// <summary>Parses the text of a route.</summary>
    /// <exception cref="FormatException">The text is not a route. The message gives the reason.</exception>
    public static RouteSegments Parse(string text) =>
        TryParse(text, out var flaw) ?? throw new FormatException($"The route '{text}' can't be used: {flaw!.Message}.");

    /// <summary>Parses the text of a route, or returns its flaw.</summary>
    /// <param name="text">The route.</param>
    /// <param name="flaw">The flaw, if the result is <see langword="null"/>.</param>
    public static RouteSegments? TryParse(string text, out NameFlaw? flaw)
    {
        if (text.Length == 0 || text[0] != '/')
        {
            flaw = new NameFlaw(NameFlawKind.NotARoute, text);
            return null;
        }
        return TryParse(text, text.Length == 1 ? [] : text.Substring(1).Split('/'), out flaw);
    }

    /// <summary>
    /// Determines whether a path or route ends like a file name: in <c>.</c> and word characters, such as <c>.json</c> or <c>.0</c>, that
    /// are not the whole last segment.
    /// </summary>
    public static bool EndsLikeFile(string path)
    {
        var at = path.Length - 1;
        while (at >= 0 && path[at] is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_')
            at--;
        return at > 0 && at < path.Length - 1 && path[at] == '.' && path[at - 1] != '/';
    }

    /// <inheritdoc/>
    public bool Equals(RouteSegments? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RouteSegments);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    /// <inheritdoc/>
    public override string ToString() => Text;

    internal static RouteSegments? TryParse(string text, IReadOnlyList<string> names, out NameFlaw? flaw)
    {
        var segments = new RouteSegment[names.Count];
        for (var i = 0; i < segments.Length; i++)
        {
            if (names[i].Length == 0)
            {
                flaw = new NameFlaw(NameFlawKind.NotARoute, text);
                return null;
            }
            if (RouteSegment.TryParse(names[i], out flaw) is not { } segment)
                return null;
            segments[i] = segment;
        }

        // Route values are looked up without regard to letter case.
        var parameters = new List<string>();
        foreach (var segment in segments)
        {
            foreach (var part in segment.Parts)
            {
                if (part.Kind == RoutePartKind.Literal)
                    continue;
                if (parameters.Contains(part.Value, StringComparer.OrdinalIgnoreCase))
                {
                    flaw = new NameFlaw(NameFlawKind.ParameterTwice, segment.Text, part.Value);
                    return null;
                }
                parameters.Add(part.Value);
            }
        }

        flaw = null;
        return new RouteSegments(text, segments, parameters);
    }

    private static string ShapeOf(RouteSegment[] segments)
    {
        var shape = new StringBuilder();
        foreach (var segment in segments)
        {
            _ = shape.Append('/');
            foreach (var part in segment.Parts)
            {
                _ = part.Kind switch
                {
                    RoutePartKind.Parameter => shape.Append('\0'),
                    RoutePartKind.Rest => shape.Append("\0\0"),
                    _ => shape.Append(part.Value),
                };
            }
        }
        return shape.ToString();
    }
}
