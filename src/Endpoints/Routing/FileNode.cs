using Endpoints.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Endpoints.Routing;

/// <summary>Stands for a file while the matcher looks for the file that owns a path; the method is looked at afterwards.</summary>
/// <param name="file">The file.</param>
/// <param name="pattern">Its route.</param>
/// <param name="answers">What answers its methods.</param>
internal sealed class FileNode(FileRoute file, FilePattern pattern, MethodTableBuilder answers)
{
    // Made when first asked for. Two threads may make two; either will do.
    private PathMatcher? _matcher;
    private RouteEndpoint[]? _redirects;
    private RouteEndpoint[]? _answersWithoutRest;

    /// <summary>The file's path, as <see cref="FileRoute.File"/> has it.</summary>
    public string FileName => file.File;

    public FilePattern Pattern => pattern;

    public MethodTable Methods => answers.Methods;

    public RouteEndpoint[] Answers => answers.Answers;

    /// <summary>The same where the rest at the end of an exact pattern takes nothing; null for other patterns.</summary>
    public RouteEndpoint[]? AnswersWithoutRest => pattern.WithoutRest is null ? null : _answersWithoutRest ??= Array.ConvertAll(Answers, WithoutRest);

    /// <summary>What sends the client to the other form of the path, with or without trailing slash, by the numbers of the answers.</summary>
    public RouteEndpoint[] Redirects => _redirects ??= answers.Redirects();

    /// <summary>The file that an endpoint stands for; null when it stands for none.</summary>
    public static FileNode? Of(Endpoint endpoint) => endpoint.Metadata.GetMetadata<FileNode>();

    /// <summary>Whether the file has a handler that is for one method.</summary>
    public bool Handles(string method) => file.Methods.Any(own => HttpMethods.Equals(own.HttpMethod, method));

    /// <summary>Whether the route's template decides for such a path: its rest would take a trailing slash along.</summary>
    public bool IsExactFor(PathForm path) => pattern.IsExact && (pattern.WithoutRest is null || path != PathForm.Slashed);

    /// <summary>Matches a path as <see cref="PathForms.Matched"/> gives it.</summary>
    public bool TryMatch(ReadOnlySpan<char> path, out RouteValueDictionary values) =>
        (_matcher ??= new PathMatcher(pattern.Route)).TryMatch(path, out values);

    private RouteEndpoint WithoutRest(RouteEndpoint answer) =>
        new(answer.RequestDelegate!, pattern.WithoutRest!, answer.Order, answer.Metadata, answer.DisplayName);
}
