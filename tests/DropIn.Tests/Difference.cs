using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DropIn.Tests;

/// <summary>Compares the recording without the packages with the one with them.</summary>
internal static partial class Difference
{
    private static readonly string[] OwnPaths = ["/api/hello", "/api/items/{id}", "/api/my-api", "/api/stock", "/api/auth/login",
        "/api/auth/callback", "/api/auth/logout", "/api/auth/logout-callback", "/api/install", "/api/install/callback"];

    private static readonly string[] OwnTags = ["Hello", "Item", "MyApi", "Stock"];

    /// <summary>All that may differ.</summary>
    private static readonly (string What, Func<string, bool> In, Func<string, string, string> Without)[] Allowed =
    [
        ("OpenAPI documents describe the endpoint files as well", static name => name.Contains("/openapi/", StringComparison.Ordinal),
            WithoutOwnPaths),
        ("the log and lists of services have entries of the packages",
            static name => name is "start-up log" || name.StartsWith("service ", StringComparison.Ordinal),
            static (_, now) => WithoutOwnLines(now)),
        ("an unknown path in a folder that only endpoint files have is a problem document", static name => Unknown().IsMatch(name),
            UnknownPath),
    ];

    public static IEnumerable<string> Between(Recording before, Recording after, bool ownsApi = false)
    {
        foreach (var (name, old) in before.Entries)
        {
            var now = after.Entries.GetValueOrDefault(name, "(nothing)");
            if (old == now)
                continue;
            foreach (var (_, isIn, without) in ownsApi ? Allowed : Allowed[..^1])
            {
                if (isIn(name))
                    now = without(old, now);
            }

            if (old != now)
                yield return $"=== {name}\n--- before\n{old}\n--- after\n{now}\n";
        }

        foreach (var name in after.Entries.Keys.Except(before.Entries.Keys))
            yield return $"=== {name}: only after";
    }

    private static string UnknownPath(string old, string now) =>
        now.StartsWith("404\n", StringComparison.Ordinal)
            && (now.Contains("urn:endpoints:problem:not-found", StringComparison.Ordinal) || now.EndsWith("\n\n", StringComparison.Ordinal))
            ? old : now;

    private static string WithoutOwnLines(string text) =>
        string.Join('\n', text.Split('\n').Where(static line => !line.StartsWith("Endpoints.", StringComparison.Ordinal)));

    private static string WithoutOwnPaths(string old, string now)
    {
        var (body, oldBody) = (now.IndexOf("\n\n", StringComparison.Ordinal), old.IndexOf("\n\n", StringComparison.Ordinal));
        var document = JsonNode.Parse(now[body..])!;
        foreach (var path in OwnPaths)
            document["paths"]!.AsObject().Remove(path);
        document["tags"]!.AsArray().RemoveAll(static tag => OwnTags.Contains((string?)tag!["name"]));
        return now[..body] == old[..oldBody] && JsonNode.DeepEquals(document, JsonNode.Parse(old[oldBody..]))
            ? old : now[..body] + document.ToJsonString();
    }

    [GeneratedRegex("^[0-9]+[.] [A-Z]+ /api(/nothing)?/?( |$)", RegexOptions.IgnoreCase)]
    private static partial Regex Unknown();
}
