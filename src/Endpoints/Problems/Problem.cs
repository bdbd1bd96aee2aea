namespace Endpoints.Problems;

/// <summary>Represents the content of a problem document (RFC 9457). Never created from an exception's text.</summary>
/// <param name="Type">
/// The last part of its <c>type</c>, after <c>urn:endpoints:problem:</c>. Part of the contract; listed in <c>docs/problems.md</c>.
/// </param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The title, which is the same for all problems of the type.</param>
/// <param name="Detail">The explanation of this occurrence, if there is more to say.</param>
internal sealed record Problem(string Type, int Status, string Title, string? Detail = null)
{
    /// <summary>Gets the messages by the names of their subjects, if the problem has several subjects.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>Gets further members: strings, numbers and Boolean values.</summary>
    public IReadOnlyDictionary<string, object>? Members { get; init; }

    /// <summary>Gets the response headers that belong to the problem, such as <c>Retry-After</c>.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }
}
