using System.Text;

namespace Endpoints.Generator.Lock;

/// <summary>The text of the guard lock, <c>endpoints.lock.json</c>: written for people who read differences, read without forgiving anything.</summary>
/// <remarks>
/// One endpoint is one line, or two when its elevation is limited to some calls; the order is that of the routes. A member that is unknown, missing or
/// written twice makes the whole file unusable: one that is overlooked would loosen what the file is there to hold.
/// </remarks>
internal static class LockFile
{
    /// <summary>The version of the format.</summary>
    public const int Schema = 1;

    private const string About = "Who may use elevated endpoints, and within which limits. Written by: dotnet build -p:WriteEndpointsLock=true";

    /// <summary>Writes a lock. What is written depends on the endpoints alone, not on their order or on the machine.</summary>
    public static string Write(IEnumerable<LockedEndpoint> endpoints)
    {
        var lines = endpoints.Select(Line).OrderBy(static line => line.Route, StringComparer.Ordinal).ThenBy(static line => line.Method, StringComparer.Ordinal)
            .ThenBy(static line => line.Text, StringComparer.Ordinal).Select(static line => line.Text).ToList();
        var text = new StringBuilder().Append("{\n  \"about\": ").Append(JsonText.Quote(About)).Append(",\n  \"schema\": ").Append(Schema).Append(",\n  \"endpoints\": [");
        for (var i = 0; i < lines.Count; i++)
            text.Append(i == 0 ? "\n    " : ",\n    ").Append(lines[i]);
        return text.Append(lines.Count == 0 ? "]\n}" : "\n  ]\n}").Append('\n').ToString();
    }

    /// <summary>Reads a lock, or says what is wrong with it.</summary>
    /// <returns>The endpoints and where in the text they begin; null when the text is no lock.</returns>
    public static IReadOnlyList<(LockedEndpoint Endpoint, int Position)>? TryRead(string text, out string flaw)
    {
        if (JsonText.TryParse(text, out flaw) is not { } root)
            return null;
        try
        {
            var top = root.Members("about", "schema", "endpoints");
            if (top.Required("schema").Number() != Schema)
                throw new FormatException($"is of another schema than {Schema}");
            flaw = "";
            return [.. top.Required("endpoints").Items().Select(static item => (Read(item), item.Position))];
        }
        catch (FormatException wrong)
        {
            flaw = wrong.Message;
            return null;
        }
    }

    private static LockedEndpoint Read(JsonText item)
    {
        var entry = item.Members("method", "route", "callers", "limit", "policies", "authorize", "checks", "only", "settings");
        return new LockedEndpoint(entry.Required("method").Text(), entry.Required("route").Text())
        {
            Callers = List(entry.Required("callers")),
            Limit = entry.Optional("limit")?.Text(),
            Policies = List(entry.Optional("policies")),
            Authorize = List(entry.Optional("authorize")),
            Checks = List(entry.Optional("checks")),
            Only = entry.Optional("only") is { } only ? List(only) : null,
            Settings = List(entry.Optional("settings")),
        };
    }

    private static EquatableArray<string> List(JsonText? list) => (list?.Items() ?? []).Select(static item => item.Text()).ToEquatableArray();

    private static (string Route, string Method, string Text) Line(LockedEndpoint endpoint)
    {
        var line = new StringBuilder();
        line.Append("{ \"method\": ").Append(JsonText.Quote(endpoint.Method)).Append(", \"route\": ").Append(JsonText.Quote(endpoint.Route));
        Append(line, "callers", endpoint.Callers, evenIfEmpty: true);
        if (endpoint.Limit is { } limit)
            line.Append(", \"limit\": ").Append(JsonText.Quote(limit));
        Append(line, "policies", endpoint.Policies);
        Append(line, "authorize", endpoint.Authorize);
        Append(line, "checks", endpoint.Checks);
        Append(line, "settings", endpoint.Settings);
        if (endpoint.Only is { } only)
            Append(line, "only", only, evenIfEmpty: true, separator: ",\n      ");
        return (endpoint.Route, endpoint.Method, line.Append(" }").ToString());
    }

    private static void Append(StringBuilder line, string name, EquatableArray<string> values, bool evenIfEmpty = false, string separator = ", ")
    {
        if (values.Count > 0 || evenIfEmpty)
            line.Append(separator).Append('"').Append(name).Append("\": [").Append(string.Join(", ", values.Select(JsonText.Quote))).Append(']');
    }
}
