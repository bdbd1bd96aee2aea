using Endpoints.Shared.Naming;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Routing;

/// <summary>
/// Matches paths against one route as Astro does, where a route template can't: leftmost parameters match as little as possible.
/// </summary>
/// <remarks>
/// A parameter matches one or more characters of its segment. A rest that is a whole segment matches that segment with its slash, or
/// nothing; a rest beside other parts matches any characters. Failed attempts are recorded, so that a path costs at most its length times
/// the number of the route's parts, even if an attacker writes it.
/// </remarks>
internal sealed class PathMatcher
{
    private readonly Step[] _steps;

    public PathMatcher(RouteSegments route)
    {
        var steps = new List<Step>();
        var literal = "";
        foreach (var segment in route.Segments)
        {
            if (segment.Parts is [{ Kind: RoutePartKind.Rest } whole])
            {
                Flush();
                steps.Add(new Step(StepKind.RestSegment, whole.Value));
                continue;
            }
            literal += '/';
            foreach (var part in segment.Parts)
            {
                if (part.Kind == RoutePartKind.Literal)
                {
                    literal += part.Value;
                    continue;
                }
                Flush();
                steps.Add(new Step(part.Kind == RoutePartKind.Rest ? StepKind.Rest : StepKind.Parameter, part.Value));
            }
        }
        Flush();
        _steps = [.. steps];

        void Flush()
        {
            if (literal.Length > 0)
                steps.Add(new Step(StepKind.Literal, literal));
            literal = "";
        }
    }

    private enum StepKind
    {
        Literal,
        Parameter,
        Rest,
        RestSegment,
    }

    /// <summary>Matches a whole path.</summary>
    /// <param name="path">The path from its leading slash, without a trailing slash and without empty segments; empty for the root.</param>
    /// <param name="values">The route values. A rest that matched nothing has none.</param>
    public bool TryMatch(ReadOnlySpan<char> path, out RouteValueDictionary values) => TryMatch(path, out values, out _);

    /// <inheritdoc cref="TryMatch(ReadOnlySpan{char}, out RouteValueDictionary)"/>
    /// <param name="path">The path.</param>
    /// <param name="values">The route values.</param>
    /// <param name="attempts">The amount of work: the number of attempted steps.</param>
    internal bool TryMatch(ReadOnlySpan<char> path, out RouteValueDictionary values, out int attempts)
    {
        values = [];
        var search = new Search(path, stackalloc Range[_steps.Length], stackalloc (int, int)[_steps.Length]);
        search.Failed.Fill((int.MaxValue, 0));
        var found = Match(0, 0, ref search);
        attempts = search.Attempts;
        if (!found)
            return false;

        for (var i = 0; i < _steps.Length; i++)
        {
            if (_steps[i].Kind != StepKind.Literal && path[search.Captures[i]] is { Length: > 0 } value)
                values.Add(_steps[i].Text, value.ToString());
        }
        return true;
    }

    private bool Match(int index, int at, ref Search search)
    {
        search.Attempts++;
        var path = search.Path;
        if (index == _steps.Length)
            return at == path.Length;

        var (kind, text) = _steps[index];
        if (kind == StepKind.Literal)
            return path[at..].StartsWith(text, StringComparison.OrdinalIgnoreCase) && Match(index + 1, at + text.Length, ref search);
        if (search.Failed[index].From <= at && at <= search.Failed[index].To)
            return false;

        var takesSlash = kind == StepKind.RestSegment && at < path.Length && path[at] == '/';
        var start = takesSlash ? at + 1 : at;
        var last = path.Length;
        if (kind == StepKind.Parameter)
            last = path[at..].IndexOf('/') is >= 0 and var slash ? at + slash : path.Length;
        if (kind != StepKind.RestSegment || takesSlash)
        {
            for (var end = kind == StepKind.Parameter ? start + 1 : start; end <= last; end++)
            {
                if (Match(index + 1, end, ref search))
                {
                    search.Captures[index] = start..end;
                    return true;
                }
            }
        }
        if (kind == StepKind.RestSegment && Match(index + 1, at, ref search))
        {
            search.Captures[index] = at..at;
            return true;
        }

        if (kind != StepKind.RestSegment || takesSlash)
            search.Failed[index] = (at, last);
        return false;
    }

    /// <summary>Represents the matching of one path.</summary>
    private ref struct Search(ReadOnlySpan<char> path, Span<Range> captures, Span<(int From, int To)> failed)
    {
        public readonly ReadOnlySpan<char> Path = path;

        /// <summary>The range that each step has matched.</summary>
        public readonly Span<Range> Captures = captures;

        /// <summary>
        /// The range of starts from which each step is known to fail. A step that failed from one start fails from every later one within
        /// reach, because it has already tried what it could match from there.
        /// </summary>
        public readonly Span<(int From, int To)> Failed = failed;

        public int Attempts;
    }

    private readonly record struct Step(StepKind Kind, string Text);
}
