namespace Endpoints.Wix.Elevation;

/// <summary>A call to Wix that elevation is limited to, such as <c>GET /site-properties/*</c>.</summary>
internal sealed class CallPattern
{
    private readonly string _method;
    private readonly string[] _segments;

    private CallPattern(string method, string[] segments)
    {
        _method = method;
        _segments = segments;
    }

    /// <summary>Reads a pattern; null when it is not one.</summary>
    public static CallPattern? Parse(string? text)
    {
        if (text?.Split(' ') is not [var method, ['/', ..] path] || method.Length == 0 || (method != "*" && !method.All(char.IsAsciiLetterUpper)))
            return null;
        var segments = path[1..].Split('/');
        return segments.All(static segment => segment.Length > 0 && (segment == "*" || !segment.Contains('*', StringComparison.Ordinal)))
            && path.AsSpan().IndexOfAny('?', '#', '\\') < 0
            ? new(method, segments)
            : null;
    }

    /// <summary>Whether a call is covered.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path as it is sent, without a query string.</param>
    public bool Covers(string method, string path)
    {
        if (_method != "*" && _method != method)
            return false;
        // What is one segment here may be several where it arrives.
        if (path.Contains("%2f", StringComparison.OrdinalIgnoreCase) || path.Contains("%5c", StringComparison.OrdinalIgnoreCase))
            return false;
        var segments = path[1..].Split('/');
        for (var i = 0; i < _segments.Length; i++)
        {
            if (i >= segments.Length)
                return false;
            if (_segments[i] == "*")
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
}
