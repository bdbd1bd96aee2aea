namespace Endpoints.Shared.CallPatterns;

/// <summary>
/// Represents an entry of <c>Only</c>, such as <c>GET /site-properties/*</c>: a method and a path, in which <c>*</c> stands for one
/// segment, or at the end for all that follow.
/// </summary>
/// <remarks>
/// The compiler and the running application share this parser. An entry may name a path that is never sent; it covers nothing.
/// </remarks>
internal sealed class CallPattern
{
    /// <summary>The message about a text that is not an entry. {0} is the text, {1} is the flaw.</summary>
    public const string Refusal = "'{0}' does not name a Wix call: {1}, as in \"GET /site-properties/*\"";

    private const string Any = "*";

    private readonly string _method;
    private readonly string[] _segments;

    private CallPattern(string method, string[] segments)
    {
        _method = method;
        _segments = segments;
    }

    /// <summary>Parses an entry. Returns <see langword="null"/> if the text is not an entry.</summary>
    public static CallPattern? Parse(string? text) => text is null ? null : TryParse(text, out _);

    /// <summary>Parses an entry, or describes the flaw as the middle of a sentence.</summary>
    public static CallPattern? TryParse(string entry, out string flaw)
    {
        var parts = entry.Split(' ');
        flaw = parts.Length != 2 || parts[0].Length == 0 ? "it takes an HTTP method, one blank and a path"
            : parts[0] != Any && !IsMethod(parts[0]) ? "the method takes capital letters, or '*' for any"
            : parts[1].Length == 0 || parts[1][0] != '/' ? "the path begins with '/'"
            : parts[1].IndexOfAny(['?', '#', '\\']) >= 0 ? "the path has no query, fragment or backslash"
            : "";
        if (flaw.Length > 0)
            return null;
        var segments = parts[1].Substring(1).Split('/');
        foreach (var segment in segments)
        {
            flaw = segment is "" or "." or ".." ? "the path has no empty segments and no '..'"
                : segment.IndexOfAny(['*']) >= 0 && segment != Any ? "a '*' stands for a whole segment"
                : "";
            if (flaw.Length > 0)
                return null;
        }

        return new(parts[0], segments);
    }

    /// <summary>Determines whether a call is covered. A path that two servers could read differently is covered by nothing.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path as it is sent, without a query string.</param>
    public bool Covers(string method, string path)
    {
        if (_method != Any ? _method != method : !IsMethod(method))
            return false;
        if (!PlainPath.Is(path))
            return false;
        var segments = path.Substring(1).Split('/');
        for (var i = 0; i < _segments.Length; i++)
        {
            if (i >= segments.Length)
                return false;
            if (_segments[i] == Any)
            {
                if (i == _segments.Length - 1)
                    return segments[i].Length > 0;
            }
            else if (_segments[i] != segments[i])
            {
                return false;
            }
        }

        return segments.Length == _segments.Length;
    }

    /// <summary>Determines whether every call that the other entry allows is allowed by this one.</summary>
    public bool Covers(CallPattern other)
    {
        if (_method != Any && _method != other._method)
            return false;
        for (var i = 0; i < _segments.Length; i++)
        {
            if (i >= other._segments.Length)
                return false;
            var isLast = i == _segments.Length - 1;
            if (_segments[i] == Any && isLast)
                return true;
            // The other's '*' at its end stands for more than one segment.
            var takesMore = other._segments[i] == Any && i == other._segments.Length - 1;
            if (takesMore || (_segments[i] != Any && _segments[i] != other._segments[i]))
                return false;
        }

        return other._segments.Length == _segments.Length;
    }

    /// <summary>Determines whether a text is a method that every server reads alike.</summary>
    public static bool IsMethod(string method)
    {
        foreach (var letter in method)
        {
            if (letter is < 'A' or > 'Z')
                return false;
        }

        return method.Length > 0;
    }
}
