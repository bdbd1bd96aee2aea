namespace Endpoints.Shared.Naming;

/// <summary>Represents one segment of a route: the name of a folder or file, split at its parameters.</summary>
/// <remarks>
/// A parameter is an innermost pair of brackets with text between them. Other brackets are literal: <c>[]</c>, <c>]a[</c>.
/// </remarks>
internal sealed class RouteSegment
{
    private RouteSegment(string text, RoutePart[] parts)
    {
        Text = text;
        Parts = parts;
        IsLiteral = true;
        foreach (var part in parts)
        {
            HasRest |= part.Kind == RoutePartKind.Rest;
            HasText |= part.Kind == RoutePartKind.Literal;
            IsLiteral &= part.Kind == RoutePartKind.Literal;
        }
        Folded = IsLiteral ? text.ToUpperInvariant() : "";
    }

    /// <summary>Gets the segment in Astro's notation. It equals the concatenation of the parts.</summary>
    public string Text { get; }

    /// <summary>Gets the parts from left to right. The list is never empty and has no adjacent literals.</summary>
    public IReadOnlyList<RoutePart> Parts { get; }

    /// <summary>Gets a value that indicates whether the segment has no parameters.</summary>
    public bool IsLiteral { get; }

    /// <summary>Gets a value that indicates whether one of the parts is a rest.</summary>
    public bool HasRest { get; }

    /// <summary>Gets a value that indicates whether one of the parts is literal text.</summary>
    public bool HasText { get; }

    /// <summary>Gets the text of a literal segment with letter case removed.</summary>
    internal string Folded { get; }

    /// <summary>Splits a name, or returns the first rule that it breaks, in the order of <see cref="NameFlawKind"/>.</summary>
    /// <param name="text">The name of a file or folder, which must not be empty.</param>
    /// <param name="flaw">The flaw, if the result is <see langword="null"/>.</param>
    public static RouteSegment? TryParse(string text, out NameFlaw? flaw)
    {
        if (text.Contains("]["))
        {
            flaw = new NameFlaw(NameFlawKind.ParametersNotSeparated, text);
            return null;
        }
        if (text.Split('[').Length != text.Split(']').Length)
        {
            flaw = new NameFlaw(NameFlawKind.BracketsUnbalanced, text);
            return null;
        }

        var parts = new List<RoutePart>();
        var nested = "";
        var depth = 0;
        var literal = 0; // where the literal text before the cursor begins
        var at = 0;
        while (at < text.Length)
        {
            var end = text[at] == '[' ? text.IndexOfAny(Brackets, at + 1) : -1;
            if (end <= at + 1 || text[end] != ']')
            {
                depth += text[at] == '[' ? 1 : text[at] == ']' && depth > 0 ? -1 : 0;
                at++;
                continue;
            }

            var name = text.Substring(at + 1, end - at - 1);
            var rest = name.StartsWith("...", StringComparison.Ordinal);
            var bare = rest ? name.Substring(3) : name;
            if (bare.Length == 0 || !bare.All(IsNameCharacter))
            {
                flaw = new NameFlaw(NameFlawKind.ParameterName, text, name);
                return null;
            }
            if (depth > 0 && nested.Length == 0)
                nested = name;
            if (at > literal)
                parts.Add(new RoutePart(RoutePartKind.Literal, text.Substring(literal, at - literal)));
            parts.Add(new RoutePart(rest ? RoutePartKind.Rest : RoutePartKind.Parameter, bare));
            at = literal = end + 1;
        }
        if (nested.Length > 0)
        {
            flaw = new NameFlaw(NameFlawKind.BracketsNested, text, nested);
            return null;
        }
        if (text.Length > literal)
            parts.Add(new RoutePart(RoutePartKind.Literal, text.Substring(literal)));

        flaw = null;
        return new RouteSegment(text, parts.ToArray());
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static readonly char[] Brackets = ['[', ']'];

    private static bool IsNameCharacter(char c) => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_' or '$';
}
