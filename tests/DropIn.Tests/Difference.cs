using System.Text.Json.Nodes;

namespace DropIn.Tests;

/// <summary>Compares the recording without the packages with the one with them.</summary>
internal static class Difference
{
    private static readonly string[] OwnPaths = ["/api/hello", "/api/my-api", "/api/stock", "/api/auth/login", "/api/auth/callback", "/api/auth/logout", "/api/auth/logout-callback", "/api/install", "/api/install/callback"];

    /// <summary>All that may differ. Nothing that a client of the application sees is among it, but for the description of what is new.</summary>
    private static readonly (string What, Func<string, bool> In, Func<string, string> Without)[] Allowed =
    [
        ("OpenAPI documents describe the endpoint files as well", static name => name.Contains("/openapi/", StringComparison.Ordinal), WithoutOwnPaths),
        ("lists of services have entries of the packages", static name => name.StartsWith("service ", StringComparison.Ordinal), WithoutOwnLines),
        ("the log has lines of the packages", static name => name is "start-up log", WithoutOwnLines),
    ];

    public static IEnumerable<string> Between(Recording before, Recording after)
    {
        foreach (var (name, old) in before.Entries)
        {
            var now = after.Entries.GetValueOrDefault(name, "(nothing)");
            if (old == now)
                continue;
            foreach (var (_, isIn, without) in Allowed)
            {
                if (isIn(name))
                    now = without(now);
            }

            if (old != now)
                yield return $"=== {name}\n--- before\n{old}\n--- after\n{now}\n";
        }

        foreach (var name in after.Entries.Keys.Except(before.Entries.Keys))
            yield return $"=== {name}: only after";
    }

    private static string WithoutOwnLines(string text) =>
        string.Join('\n', text.Split('\n').Where(static line => !line.StartsWith("Endpoints.", StringComparison.Ordinal)));

    private static string WithoutOwnPaths(string answer)
    {
        var body = answer.IndexOf("\n\n", StringComparison.Ordinal) + 2;
        var document = JsonNode.Parse(answer[body..])!;
        foreach (var path in OwnPaths)
            document["paths"]!.AsObject().Remove(path);
        return answer[..body] + document.ToJsonString(Indented).ReplaceLineEndings("\n");
    }

    private static readonly System.Text.Json.JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
