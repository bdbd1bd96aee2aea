using System.Text;
using Endpoints.Shared.Collections;

namespace Endpoints.Shared.Lock;

/// <summary>
/// Reads and writes the text of the guard lock, <c>endpoints.lock.json</c>. It is written for people who review differences, and is read
/// strictly.
/// </summary>
/// <remarks>
/// An entry is one line, and others for what its elevation is limited to and for each call that its code can make. Entries are in the
/// order of the routes, then in that of the files. An unknown, missing or duplicate member makes the whole file unusable, because ignoring
/// it would loosen what the file protects.
/// </remarks>
internal static class LockFile
{
    /// <summary>The version of the format.</summary>
    public const int Schema = 3;

    private const string NewLine = ",\n      ";

    private const string About =
        "Who may use elevated endpoints, and within which limits. Written by: dotnet build -p:WriteEndpointsLock=true";

    /// <summary>Writes a lock. The text depends on the entries only, not on their order or on the machine.</summary>
    public static string Write(IEnumerable<LockedEndpoint> entries)
    {
        var all = entries.ToList();
        var text = new StringBuilder().Append("{\n  \"about\": ").Append(JsonText.Quote(About)).Append(",\n  \"schema\": ").Append(Schema)
            .Append(",\n  \"endpoints\": [");
        AppendLines(text, all.Where(static entry => entry.Code is null));
        if (all.Exists(static entry => entry.Code is not null))
            AppendLines(text.Append(",\n  \"code\": ["), all.Where(static entry => entry.Code is not null));
        return text.Append("\n}\n").ToString();
    }

    /// <summary>Reads a lock, or describes its flaw.</summary>
    /// <returns>
    /// The endpoints and the positions in the text at which they begin, or <see langword="null"/> if the text is not a lock.
    /// </returns>
    public static IReadOnlyList<(LockedEndpoint Endpoint, int Position)>? TryRead(string text, out string flaw)
    {
        if (JsonText.TryParse(text, out flaw) is not { } root)
            return null;
        try
        {
            // The schema first: nothing is known of another version's members.
            if ((root.Member("schema") ?? throw new FormatException("lacks the member 'schema'")).Number() is var schema
                && schema != Schema)
                throw new FormatException(
                    schema is > 0 and < Schema ? $"is of schema {schema}, which an earlier version wrote; this one reads {Schema}"
                        : $"is of another schema than {Schema}");
            var top = root.Members("about", "schema", "endpoints", "code");
            flaw = "";
            return [.. top.Required("endpoints").Items().Select(static item => (ReadEndpoint(item), item.Position)),
                .. (top.Optional("code")?.Items() ?? []).Select(static item => (ReadCode(item), item.Position))];
        }
        catch (FormatException wrong)
        {
            flaw = wrong.Message;
            return null;
        }
    }

    private static LockedEndpoint ReadEndpoint(JsonText item)
    {
        var entry = item.Members([.. Guards, "method", "route", "access", "calls", "unseen"]);
        var access = List(entry.Optional("access"));
        return ReadGuards(entry, new(entry.Required("method").Text(), entry.Required("route").Text())
        {
            // Who may call is never left out.
            Callers = List(access.Count > 0 ? entry.Optional("callers") : entry.Required("callers")),
            Access = access,
            Calls = entry.Optional("calls") is { } calls
                ? calls.Pairs().Select(static call => new LockedCall(call.Key, List(call.Value))).ToEquatableArray()
                : access.Count > 0 ? null : new EquatableArray<LockedCall>([]),
            Unseen = List(entry.Optional("unseen")),
        });
    }

    private static LockedEndpoint ReadCode(JsonText item)
    {
        var entry = item.Members([.. Guards, "kind", "where", "what"]);
        var kind = entry.Required("kind").Text();
        return ReadGuards(entry, new(kind, entry.Required("where").Text())
        {
            Code = entry.Required("what").Text(),
            Callers = kind switch
            {
                LockedEndpoint.Elevates => List(entry.Required("callers")),
                LockedEndpoint.Unguards or LockedEndpoint.Requires => List(entry.Optional("callers")),
                _ => throw new FormatException($"has an unknown kind of code '{kind}'"),
            },
        });
    }

    private static readonly string[] Guards = ["callers", "limit", "policies", "authorize", "checks", "only", "settings"];

    private static LockedEndpoint ReadGuards(JsonMembers entry, LockedEndpoint of) => of with
    {
        Limit = entry.Optional("limit")?.Text(),
        Policies = List(entry.Optional("policies")),
        Authorize = List(entry.Optional("authorize")),
        Checks = List(entry.Optional("checks")),
        Only = entry.Optional("only") is { } only ? List(only) : null,
        Settings = List(entry.Optional("settings")),
    };

    private static EquatableArray<string> List(JsonText? list) =>
        (list?.Items() ?? []).Select(static item => item.Text()).ToEquatableArray();

    private static void AppendLines(StringBuilder text, IEnumerable<LockedEndpoint> entries)
    {
        var lines = entries.Select(static entry => (entry.Route, entry.Method, Text: Line(entry)))
            .OrderBy(static line => line.Route, StringComparer.Ordinal)
            .ThenBy(static line => line.Method, StringComparer.Ordinal).ThenBy(static line => line.Text, StringComparer.Ordinal)
            .Select(static line => line.Text).ToList();
        for (var i = 0; i < lines.Count; i++)
            text.Append(i == 0 ? "\n    " : ",\n    ").Append(lines[i]);
        text.Append(lines.Count == 0 ? "]" : "\n  ]");
    }

    private static string Line(LockedEndpoint entry)
    {
        var line = new StringBuilder();
        if (entry.Code is { } code)
            line.Append("{ \"kind\": ").Append(JsonText.Quote(entry.Method)).Append(", \"where\": ").Append(JsonText.Quote(entry.Route))
                .Append(", \"what\": ").Append(JsonText.Quote(code));
        else
            line.Append("{ \"method\": ").Append(JsonText.Quote(entry.Method)).Append(", \"route\": ").Append(JsonText.Quote(entry.Route));
        Append(line, "callers", entry.Callers, evenIfEmpty: entry.IsElevated);
        if (entry.Limit is { } limit)
            line.Append(", \"limit\": ").Append(JsonText.Quote(limit));
        Append(line, "policies", entry.Policies);
        Append(line, "authorize", entry.Authorize);
        Append(line, "checks", entry.Checks);
        Append(line, "settings", entry.Settings);
        Append(line, "access", entry.Access);
        if (entry.Only is { } only)
            Append(line, "only", only, evenIfEmpty: true, separator: NewLine);
        if (entry.Calls is { Count: > 0 } calls)
        {
            line.Append(NewLine).Append("\"calls\": {");
            for (var i = 0; i < calls.Count; i++)
                line.Append(i == 0 ? "\n        " : ",\n        ").Append(JsonText.Quote(calls[i].Operation)).Append(": [")
                    .Append(string.Join(", ", calls[i].Permissions.Select(JsonText.Quote))).Append(']');
            line.Append(" }");
        }
        Append(line, "unseen", entry.Unseen, separator: NewLine);
        return line.Append(" }").ToString();
    }

    private static void Append(StringBuilder line, string name, EquatableArray<string> values, bool evenIfEmpty = false,
        string separator = ", ")
    {
        if (values.Count > 0 || evenIfEmpty)
            line.Append(separator).Append('"').Append(name).Append("\": [").Append(string.Join(", ", values.Select(JsonText.Quote)))
                .Append(']');
    }
}
