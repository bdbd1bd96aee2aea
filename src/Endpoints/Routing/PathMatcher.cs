using System.Buffers;
using Endpoints.Naming;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Routing;

/// <summary>Matches paths against one route as Astro does, where a route template can't: leftmost parameters take as little as they can.</summary>
/// <remarks>
/// A parameter takes one or more characters of its segment. A rest that is a whole segment takes that segment with its slash, or nothing at all; a rest
/// beside other parts takes any characters. What has failed once is remembered, so a path costs at most its length times the parts, times its length again.
/// </remarks>
internal sealed class PathMatcher
{
    private const int MostOnStack = 64; // words of memory

    private readonly Step[] _steps;
    private readonly int _captures;

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
        _captures = steps.Count(static step => step.Kind != StepKind.Literal);

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
    /// <param name="values">The route values; a rest that took nothing has none.</param>
    public bool TryMatch(ReadOnlySpan<char> path, out RouteValueDictionary values)
    {
        values = [];
        Span<Range> captures = stackalloc Range[_steps.Length];
        var words = (_steps.Length * (path.Length + 1) + 63) / 64;
        var rented = words > MostOnStack && _captures > 1 ? ArrayPool<ulong>.Shared.Rent(words) : null;
        Span<ulong> failed = _captures < 2 ? [] : rented is null ? stackalloc ulong[MostOnStack] : rented;
        failed.Clear();
        try
        {
            if (!Match(0, 0, path, captures, failed))
                return false;
        }
        finally
        {
            if (rented is not null)
                ArrayPool<ulong>.Shared.Return(rented);
        }

        for (var i = 0; i < _steps.Length; i++)
        {
            if (_steps[i].Kind != StepKind.Literal && path[captures[i]] is { Length: > 0 } value)
                values.Add(_steps[i].Text, value.ToString());
        }
        return true;
    }

    private bool Match(int index, int at, ReadOnlySpan<char> path, Span<Range> captures, Span<ulong> failed)
    {
        if (index == _steps.Length)
            return at == path.Length;

        var (kind, text) = _steps[index];
        if (kind == StepKind.Literal)
        {
            return path[at..].StartsWith(text, StringComparison.OrdinalIgnoreCase)
                && Match(index + 1, at + text.Length, path, captures, failed);
        }

        var bit = (index * (path.Length + 1)) + at;
        if (!failed.IsEmpty && (failed[bit >> 6] & (1UL << bit)) != 0)
            return false;

        var start = kind == StepKind.RestSegment ? at + 1 : at;
        if (kind != StepKind.RestSegment || (at < path.Length && path[at] == '/'))
        {
            for (var end = kind == StepKind.Parameter ? start + 1 : start; end <= path.Length; end++)
            {
                if (kind == StepKind.Parameter && path[end - 1] == '/')
                    break;
                if (Match(index + 1, end, path, captures, failed))
                {
                    captures[index] = start..end;
                    return true;
                }
            }
        }
        if (kind == StepKind.RestSegment && Match(index + 1, at, path, captures, failed))
        {
            captures[index] = at..at;
            return true;
        }

        if (!failed.IsEmpty)
            failed[bit >> 6] |= 1UL << bit;
        return false;
    }

    private readonly record struct Step(StepKind Kind, string Text);
}
