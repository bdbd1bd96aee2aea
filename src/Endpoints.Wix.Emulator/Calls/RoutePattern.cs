namespace Endpoints.Wix.Emulator.Calls;

/// <summary>
/// Represents a pattern that selects calls: a route (<c>"POST /oauth2/token"</c>), a route's template
/// (<c>"GET /stores/v3/products/{id}"</c>), a concrete path, <c>*</c> for any method, a trailing <c>/*</c> for everything beneath a path,
/// <c>"*"</c> for every call.
/// </summary>
internal sealed class RoutePattern
{
    private readonly string _method;
    private readonly string _path;
    private readonly bool _beneath;

    private RoutePattern(string method, string path)
    {
        _method = method;
        _beneath = path.EndsWith("/*", StringComparison.Ordinal);
        _path = _beneath ? path[..^1] : path;
    }

    /// <summary>
    /// Parses a pattern. Rejects a pattern that no route can match, because a misspelled route would let a test pass without testing
    /// anything.
    /// </summary>
    /// <exception cref="ArgumentException">The text is not a pattern, or no route matches it.</exception>
    public static RoutePattern Parse(string text, IReadOnlyCollection<string> routes, Func<IReadOnlyCollection<string>> others)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        if (text == "*")
            return new("*", "/*");
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 2 || !parts[1].StartsWith('/'))
            throw new ArgumentException(
                $"'{text}' is not a route. Write a method, a space and a path, as in 'POST /oauth2/token', or '*' for every call.");
        var pattern = new RoutePattern(parts[0], parts[1]);
        if (!pattern._beneath && !routes.Any(pattern.FitsRoute) && !others().Any(pattern.FitsRoute))
        {
            throw new ArgumentException(
                $"The emulator has no route '{text}'. Routes with this path: {Similar(parts[1], routes)}. See WixEmulator.Routes for all.");
        }

        return pattern;
    }

    public bool Matches(EmulatedCall call)
    {
        if (_method != "*" && !string.Equals(_method, call.Method, StringComparison.OrdinalIgnoreCase))
            return false;
        return _beneath
            ? call.Path.StartsWith(_path, StringComparison.OrdinalIgnoreCase)
            : string.Equals(_path, call.Path, StringComparison.OrdinalIgnoreCase)
                || string.Equals(_path, call.RouteTemplate, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Determines whether the pattern covers a whole route, which has its own counter.</summary>
    public bool Matches(string route)
    {
        var (method, template) = Split(route);
        return (_method == "*" || string.Equals(_method, method, StringComparison.OrdinalIgnoreCase))
            && (_beneath ? template.StartsWith(_path, StringComparison.OrdinalIgnoreCase)
                : string.Equals(_path, template, StringComparison.OrdinalIgnoreCase));
    }

    private static (string Method, string Template) Split(string route)
    {
        var space = route.IndexOf(' ', StringComparison.Ordinal);
        return (route[..space], route[(space + 1)..]);
    }

    private static string Similar(string path, IReadOnlyCollection<string> routes)
    {
        var first = "/" + path.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        var similar = routes.Where(r => Split(r).Template.StartsWith(first, StringComparison.OrdinalIgnoreCase)).Take(8).ToArray();
        return similar.Length == 0 ? "none" : string.Join(", ", similar);
    }

    private bool FitsRoute(string route)
    {
        var (method, template) = Split(route);
        if (_method != "*" && !string.Equals(_method, method, StringComparison.OrdinalIgnoreCase))
            return false;
        if (string.Equals(_path, template, StringComparison.OrdinalIgnoreCase))
            return true;
        var mine = _path.Split('/');
        var theirs = template.Split('/');
        return mine.Length == theirs.Length && mine.Zip(theirs).All(static pair =>
            pair.Second.StartsWith('{') || string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase));
    }
}
