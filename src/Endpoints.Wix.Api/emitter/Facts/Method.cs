namespace Endpoints.Wix.Api.Emitter.Facts;

/// <summary>A method, as its line has it.</summary>
internal sealed record Method
{
    public required string Name { get; init; }

    public required string Verb { get; init; }

    public required string Path { get; init; }

    /// <summary><c>flat</c> or <c>packed</c>; null for a method with a body.</summary>
    public string? Query { get; init; }

    public string? Fallback { get; init; }

    public required string Request { get; init; }

    public required string Response { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Gets the places of the arguments: the path in the request, and the source of its value.</summary>
    public required IReadOnlyList<(string Path, string Source)> Bindings { get; init; }

    /// <summary>The member of the answer that is returned: empty for all of it, null for nothing.</summary>
    public string? Returns { get; init; }

    public required IReadOnlyList<string> Required { get; init; }

    public required IReadOnlyList<string> Permissions { get; init; }

    public required IReadOnlyList<string> Errors { get; init; }

    public string? Maturity { get; init; }

    public bool IsDeprecated { get; init; }

    public string? ReplacedBy { get; init; }

    public required string Documentation { get; init; }

    /// <summary>The fields that the method's query can filter by, and with which operators.</summary>
    public required IReadOnlyDictionary<string, string> Filter { get; init; }

    public required IReadOnlyDictionary<string, string> Sort { get; init; }

    /// <summary>The paths of the request's fields that are a part of the address.</summary>
    public IEnumerable<string> PathParameters =>
        Path.Split('/').Where(static part => part.StartsWith('{'))
            .Select(static part => part[1..part.IndexOf('}', StringComparison.Ordinal)]);
}
