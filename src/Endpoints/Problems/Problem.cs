namespace Endpoints.Problems;

/// <summary>What a problem document says (RFC 9457). Never made from an exception's text.</summary>
/// <param name="Type">The last part of its <c>type</c>, which is <c>urn:endpoints:problem:</c> and this. Part of the contract; listed in <c>docs/problems.md</c>.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What kind of problem this is: the same for each of its type.</param>
/// <param name="Detail">What is the matter this time, if more can be said.</param>
internal sealed record Problem(string Type, int Status, string Title, string? Detail = null)
{
    /// <summary>The messages by the name of what they are about, if the problem is about several things.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>Further members: strings, numbers and truth values.</summary>
    public IReadOnlyDictionary<string, object>? Members { get; init; }

    /// <summary>Response headers that belong to the problem, such as <c>Retry-After</c>.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }
}
