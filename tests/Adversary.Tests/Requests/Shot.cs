using System.Collections.Immutable;

namespace Adversary.Tests.Requests;

/// <summary>
/// A request as it is written, in Latin-1, with places for what differs from run to run: <c>{{marker}}</c>, <c>{{host}}</c>,
/// <c>{{length}}</c>, <c>{{token:ada}}</c> and so on. So it can be printed, shrunk, kept and sent again.
/// </summary>
internal sealed record Shot(string Method, string Target, ImmutableArray<Field> Fields, string Body = "")
{
    public string Version { get; init; } = "HTTP/1.1";

    /// <summary>The surface it was made for. Nothing is judged by it.</summary>
    public string Surface { get; init; } = "";

    public bool IsUpgrade => Fields.Any(static line => line.Loose is "upgrade" or ":protocol");

    public string? Value(string name) =>
        Fields.FirstOrDefault(line => string.Equals(line.Loose, name, StringComparison.OrdinalIgnoreCase))?.Value;

    public Shot With(params Field[] fields) => this with { Fields = Fields.AddRange(fields) };

    public Shot With(string name, string value) => this with { Fields = Fields.Add(new(name, value)) };

    public Shot Without(string name) =>
        this with { Fields = Fields.RemoveAll(line => string.Equals(line.Loose, name, StringComparison.OrdinalIgnoreCase)) };

    /// <summary>The request's bytes, as Latin-1.</summary>
    public string Text(bool withBody = true) =>
        $"{Method} {Target} {Version}\r\n" + string.Concat(Fields.Select(static field => field + "\r\n")) + "\r\n" + (withBody ? Body : "");
}
