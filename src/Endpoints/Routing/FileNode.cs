using Endpoints.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Routing;

/// <summary>Represents a file while the matcher looks for the file that owns a path. The method is matched afterwards.</summary>
/// <param name="file">The file.</param>
/// <param name="pattern">The file's route.</param>
/// <param name="answers">The endpoints of its methods.</param>
internal sealed class FileNode(FileRoute file, FilePattern pattern, MethodTableBuilder answers)
{
    // Made when first asked for. Two threads may make two; either will do.
    private PathMatcher? _matcher;
    private RouteEndpoint[]? _redirects;
    private RouteEndpoint[]? _answersWithoutRest;

    /// <summary>Gets the file's path, in the form of <see cref="FileRoute.File"/>.</summary>
    public string FileName => file.File;

    /// <summary>Gets the class that handles the file's requests.</summary>
    public Type Handler => file.Handler;

    public FilePattern Pattern => pattern;

    public MethodTable Methods => answers.Methods;

    public RouteEndpoint[] Answers => answers.Answers;

    /// <summary>Gets the endpoints for when the rest at the end of an exact pattern matches nothing, or null for other patterns.</summary>
    public RouteEndpoint[]? AnswersWithoutRest =>
        pattern.WithoutRest is null ? null : _answersWithoutRest ??= Array.ConvertAll(Answers, WithoutRest);

    /// <summary>Gets the endpoints that redirect to the path with or without trailing slash, by the numbers of the answers.</summary>
    public RouteEndpoint[] Redirects => _redirects ??= answers.Redirects();

    /// <summary>Returns the file that an endpoint represents, or null if it represents none.</summary>
    public static FileNode? Of(Endpoint endpoint) => endpoint.Metadata.GetMetadata<FileNode>();

    /// <summary>Determines whether the file has a handler for one method.</summary>
    public bool Handles(string method) => file.Methods.Any(own => HttpMethods.Equals(own.HttpMethod, method));

    /// <summary>Determines whether the route's template decides for such a path. A rest would include a trailing slash.</summary>
    public bool IsExactFor(PathForm path) => pattern.IsExact && (pattern.WithoutRest is null || path != PathForm.Slashed);

    /// <summary>Matches a path in the form that <see cref="PathForms.Matched"/> returns.</summary>
    public bool TryMatch(ReadOnlySpan<char> path, out RouteValueDictionary values) =>
        (_matcher ??= new PathMatcher(pattern.Route)).TryMatch(path, out values);

    private RouteEndpoint WithoutRest(RouteEndpoint answer) =>
        new(answer.RequestDelegate!, pattern.WithoutRest!, answer.Order, answer.Metadata, answer.DisplayName);
}
