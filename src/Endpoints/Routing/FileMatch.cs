using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Routing;

/// <summary>Stands for a file while the matcher looks for the file that owns a path; the method is looked at afterwards.</summary>
/// <param name="file">The file.</param>
/// <param name="pattern">Its route.</param>
/// <param name="methods">What answers its methods.</param>
/// <param name="methodsWithoutRest">The same, where the rest at the end of an exact pattern takes nothing; otherwise null.</param>
/// <param name="redirect">Sends the client to the other form of the path, with or without trailing slash.</param>
internal sealed class FileMatch(
    FileRoute file, FilePattern pattern, MethodMap<Endpoint> methods, MethodMap<Endpoint>? methodsWithoutRest, Endpoint redirect)
{
    private readonly Lazy<PathMatcher> _matcher = new(() => new PathMatcher(pattern.Route));

    public FileRoute File => file;

    public FilePattern Pattern => pattern;

    public MethodMap<Endpoint> Methods => methods;

    public MethodMap<Endpoint>? MethodsWithoutRest => methodsWithoutRest;

    public Endpoint Redirect => redirect;

    /// <summary>Whether the route's template decides for such a path: its rest would take a trailing slash along.</summary>
    public bool IsExactFor(RequestPath path) => pattern.IsExact && (pattern.WithoutRest is null || path != RequestPath.Slashed);

    /// <summary>Matches a path as <see cref="RequestPaths.Matched"/> gives it.</summary>
    public bool TryMatch(ReadOnlySpan<char> path, out RouteValueDictionary values) => _matcher.Value.TryMatch(path, out values);
}
