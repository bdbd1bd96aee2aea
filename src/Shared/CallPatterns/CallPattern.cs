namespace Endpoints.Shared.CallPatterns;

/// <summary>
/// Represents an entry of <c>Only</c>, such as <c>GET /site-properties/*</c>: a method and a path, in which <c>*</c> stands for one
/// segment, or at the end for all that follow, and a parameter such as <c>{productId}</c> for the argument of one operation.
/// </summary>
/// <remarks>
/// The compiler and the running application share this parser. An entry may name a path that is never sent; it covers nothing. An argument
/// is one segment and has no <c>:</c>, which separates it from the verb in paths such as <c>/bookings/{bookingId}:cancel</c>.
/// </remarks>
internal sealed class CallPattern
{
    /// <summary>The message about a text that is not an entry. {0} is the text, {1} is the flaw.</summary>
    public const string Refusal = "'{0}' does not name a Wix call: {1}, as in \"GET /site-properties/*\"";

    private const string Any = "*";

    // A parameter without its name, which makes no difference. What follows is its verb.
    private const string Argument = "{}";

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
        for (var i = 0; i < segments.Length; i++)
        {
            var segment = segments[i];
            var parameter = Parameter(segment);
            flaw = segment is "" or "." or ".." ? "the path has no empty segments and no '..'"
                : segment.IndexOfAny(['*']) >= 0 && segment != Any ? "a '*' stands for a whole segment"
                : segment.IndexOfAny(['{', '}']) >= 0 && parameter is null ? "a parameter in braces is a whole segment, but for its verb"
                : "";
            if (flaw.Length > 0)
                return null;
            segments[i] = parameter ?? segment;
        }

        return new(parts[0], segments);
    }

    /// <summary>Determines whether a call is covered. A path that two servers could read differently is covered by nothing.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path as it is sent, without a query string.</param>
    public bool Covers(string method, string path)
    {
        if (!CoversMethod(method) || !PlainPath.Is(path))
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
            else if (!Takes(_segments[i], segments[i]))
            {
                return false;
            }
        }

        return segments.Length == _segments.Length;
    }

    /// <summary>Determines whether calls with a method may be covered.</summary>
    public bool CoversMethod(string method) => _method == Any ? IsMethod(method) : _method == method;

    /// <summary>Determines whether every call that the other entry allows is allowed by this one.</summary>
    public bool Covers(CallPattern other) => (_method == Any || _method == other._method) && CoversPath(other);

    /// <summary>Determines whether every path that the other entry allows is allowed by this one.</summary>
    public bool CoversPath(CallPattern other)
    {
        for (var i = 0; i < _segments.Length; i++)
        {
            if (i >= other._segments.Length)
                return false;
            var isLast = i == _segments.Length - 1;
            if (_segments[i] == Any && isLast)
                return true;
            // The other's '*' at its end stands for more than one segment.
            var takesMore = other._segments[i] == Any && i == other._segments.Length - 1;
            if (takesMore || (_segments[i] != Any && !Takes(_segments[i], other._segments[i])))
                return false;
        }

        return other._segments.Length == _segments.Length;
    }

    // A segment that is no '*'. The other one may be a segment of a pattern as well: a '*' is no argument, and a parameter is another's.
    private static bool Takes(string segment, string other)
    {
        if (segment == other)
            return true;
        if (!segment.StartsWith(Argument, StringComparison.Ordinal) || other == Any || other.IndexOfAny(['{', '}']) >= 0)
            return false;
        var verb = segment.Substring(Argument.Length);
        var argument = other.EndsWith(verb, StringComparison.Ordinal) ? other.Substring(0, other.Length - verb.Length) : "";
        return argument.Length > 0 && argument.IndexOf(':') < 0 && argument.IndexOf("%3A", StringComparison.OrdinalIgnoreCase) < 0;
    }

    // {productId} and {bookingId}:cancel, without the name.
    private static string? Parameter(string segment)
    {
        var end = segment.IndexOf('}');
        if (segment.Length == 0 || segment[0] != '{' || end < 2)
            return null;
        for (var i = 1; i < end; i++)
        {
            if (segment[i] is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '_' or '-'))
                return null;
        }

        var verb = segment.Substring(end + 1);
        if (verb.Length > 0 && (verb.Length == 1 || verb[0] != ':'))
            return null;
        for (var i = 1; i < verb.Length; i++)
        {
            if (verb[i] is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z')))
                return null;
        }

        return Argument + verb;
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
