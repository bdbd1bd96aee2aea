using System.Text.Json;

namespace Endpoints.Generator.Tests.Naming;

/// <summary>The recorded behavior of a real Astro site. See tests/conformance.</summary>
internal static class Recorded
{
    public static readonly JsonElement Data = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "conformance", "astro-routes.json"))).RootElement;

    public static IEnumerable<JsonElement> All(string list) => Data.GetProperty(list).EnumerateArray();

    public static string Text(this JsonElement element, string property) => element.GetProperty(property).GetString()!;

    /// <summary>The path below the pages folder, as the naming rules take it.</summary>
    public static string BelowPages(string file)
    {
        Assert.StartsWith("pages/", file, StringComparison.Ordinal);
        return file["pages/".Length..];
    }
}
