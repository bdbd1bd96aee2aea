namespace Endpoints.Generator.Guards;

/// <summary>An entry of <c>Only</c>, such as <c>GET /site-properties/*</c>: a method and a path, in which <c>*</c> stands for one segment, at the end for all that follow.</summary>
internal sealed class OnlyText
{
    private readonly string _method;
    private readonly string[] _segments;

    private OnlyText(string method, string[] segments) => (_method, _segments) = (method, segments);

    /// <summary>Reads an entry, or says what is wrong with it, as the middle of a sentence.</summary>
    public static OnlyText? TryParse(string entry, out string flaw)
    {
        var parts = entry.Split(' ');
        flaw = parts.Length != 2 || parts[0].Length == 0 ? "it takes an HTTP method, one blank and a path"
            : parts[0] != "*" && !parts[0].All(static c => c is >= 'A' and <= 'Z') ? "the method takes capital letters, or '*' for any"
            : parts[1].Length == 0 || parts[1][0] != '/' ? "the path begins with '/'"
            : parts[1].IndexOfAny(['?', '#', '\\']) >= 0 ? "the path has no query, fragment or backslash"
            : parts[1].Substring(1).Split('/').Any(static segment => segment is "" or "." or "..") ? "the path has no empty segments and no '..'"
            : parts[1].Split('/').Any(static segment => segment.Contains("*") && segment != "*") ? "a '*' stands for a whole segment"
            : "";
        return flaw.Length == 0 ? new OnlyText(parts[0], parts[1].Substring(1).Split('/')) : null;
    }

    /// <summary>Whether every call that the other entry allows is allowed by this one.</summary>
    public bool Covers(OnlyText other)
    {
        if (_method != "*" && _method != other._method)
            return false;
        for (var i = 0; i < _segments.Length; i++)
        {
            if (i >= other._segments.Length)
                return false;
            var isLast = i == _segments.Length - 1;
            if (_segments[i] == "*" && isLast)
                return true;
            // The other's '*' at its end stands for more than one segment.
            var takesMore = other._segments[i] == "*" && i == other._segments.Length - 1;
            if (takesMore || (_segments[i] != "*" && _segments[i] != other._segments[i]))
                return false;
        }
        return other._segments.Length == _segments.Length;
    }
}
