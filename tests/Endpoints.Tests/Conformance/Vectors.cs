using System.Text.Json;
using System.Text.RegularExpressions;

namespace Endpoints.Tests.Conformance;

/// <summary>The recorded answers of a real Astro site. See the schema beside the data.</summary>
public sealed partial record Vectors(IReadOnlyList<VectorCase> Cases)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Vectors Load() =>
        new([.. Directory.GetFiles(AppContext.BaseDirectory, "astro-routes*.json").Order(StringComparer.Ordinal)
            .SelectMany(path => Read(path).Cases)]);

    private static Vectors Read(string path)
    {
        using var file = File.OpenRead(path);
        return JsonSerializer.Deserialize<Vectors>(file, Json)!;
    }

    /// <summary>Writes out <c>{x*500}</c>, <c>{port}</c> and <c>{origin}</c>.</summary>
    public static string Expand(string text, int port) =>
        Repeat().Replace(text, match => new string(match.Groups[1].Value[0], int.Parse(match.Groups[2].Value)))
            .Replace("{origin}", $"http://localhost:{port}", StringComparison.Ordinal)
            .Replace("{port}", $"{port}", StringComparison.Ordinal);

    [GeneratedRegex(@"\{(.)\*(\d+)\}")]
    private static partial Regex Repeat();
}

public sealed record VectorCase(
    string Id, string Category, string Title, VectorConfig Config, IReadOnlyList<VectorFile> Files, IReadOnlyList<string>? OtherFiles,
    IReadOnlyList<VectorRoute> Routes, IReadOnlyList<VectorRequest> Requests);

public sealed record VectorConfig(
    string TrailingSlash, string Base, bool CheckOrigin, string? Site, IReadOnlyList<JsonElement> AllowedDomains, string? Middleware);

public sealed record VectorFile(string Path, IReadOnlyList<string> Methods, IReadOnlyDictionary<string, JsonElement>? Behaviours)
{
    public JsonElement? Behaviour(string export) =>
        Behaviours is not null && Behaviours.TryGetValue(export, out var behaviour) ? behaviour : null;
}

public sealed record VectorRoute(string File, string Route, IReadOnlyList<string> Params);

public sealed record VectorRequest(
    string Method, string Path, IReadOnlyDictionary<string, string>? Headers, string? Body, JsonElement? Differs, VectorAnswer Expect,
    VectorAnswer? ExpectCore)
{
    public VectorAnswer Astro => ExpectCore ?? Expect;

    public IReadOnlyList<string> Codes => Differs switch
    {
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } several => [.. several.EnumerateArray().Select(code => code.GetString()!)],
        _ => [],
    };

    public string? Header(string name) =>
        Headers?.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}

public sealed record VectorAnswer(
    int Status, string? File, string? Export, IReadOnlyDictionary<string, string?>? Params, string? Pathname, string? Search,
    string? Location,
    IReadOnlyList<string>? SetCookie, IReadOnlyDictionary<string, string?>? Headers, string? StatusText, VectorBody? Body,
    IReadOnlyList<string>? Chain);

public sealed record VectorBody(string Kind, JsonElement? Value);
