using System.Text.RegularExpressions;
using Adversary.Tests.Generation;
using Adversary.Tests.Requests;

namespace Adversary.Tests.Judging;

/// <summary>
/// Whom a request may be taken for, by what it carries and by the book alone: an own, second reading of the rules that the library
/// promises.
/// </summary>
/// <param name="Persons">Those whose credentials count.</param>
/// <param name="MayBeNobody">Whether it may be taken for a visitor without a token.</param>
/// <param name="IsByCookie">Whether a browser would have sent the identity by itself.</param>
/// <param name="IsOwnPage">Whether the request says that it comes from one of the site's own pages.</param>
/// <param name="IsForeignPage">Whether it says, as browsers do, that it comes from another site's.</param>
/// <param name="Accounts">Whose application's cookies it has.</param>
internal sealed partial record Expectation(
    IReadOnlyList<Person> Persons, bool MayBeNobody, bool IsByCookie, bool IsOwnPage, bool IsForeignPage, IReadOnlyList<string> Accounts)
{
    public static Expectation Of(Shot shot, IReadOnlyDictionary<string, Person> persons, Conversation conversation, string sessionName)
    {
        var outer = OfHead(shot, persons, conversation, sessionName);
        // A body that looks like a request is one where the framing does not clearly say that it is a body.
        return Token().Matches(shot.Body) is { Count: > 0 } inner && !IsClearlyFramed(shot)
            ? outer with { Persons = [.. outer.Persons, .. inner.Select(match => persons[match.Groups[1].Value])], MayBeNobody = true,
                IsByCookie = false, IsForeignPage = false }
            : outer;
    }

    private static bool IsClearlyFramed(Shot shot) =>
        shot.Version == "HTTP/1.1"
        && shot.Fields.Where(static field => field.Loose is "content-length" or "transfer-encoding")
            .ToList() is [{ Name: "Content-Length", Value: "{{length}}", Between: ": " }]
        && shot.Fields.All(static field => field.Between is ":" or ": " && !field.ToString().Contains('\n', StringComparison.Ordinal))
        && !shot.Target.Contains('\n', StringComparison.Ordinal);

    private static Expectation OfHead(Shot shot, IReadOnlyDictionary<string, Person> persons, Conversation conversation, string sessionName)
    {
        // Newer protocols may send one cookie a line; in HTTP/1.1 several lines are several readings, and may be nobody's.
        var between = conversation.Wire is Wire.Http1 or Wire.Steps ? ", " : "; ";
        var cookies = string.Join(between, shot.Fields.Where(static field => field.Loose == "cookie").Select(static field => field.Value));
        string[] accounts = [.. Account().Matches(cookies).Select(static match => match.Groups[1].Value).Distinct()];
        Field[] headers = [.. shot.Fields.Where(static field => field.Loose == "authorization")];
        var (byCookie, nobody) = ByCookie(cookies, persons, conversation.Site, sessionName);
        var isOwn = IsFromOwnPage(shot);
        var isForeign = !isOwn && shot.Fields.Contains(Identities.ForeignPage[0]) && shot.Fields.Contains(Identities.ForeignPage[1]);
        if (headers.Length == 0)
            return new(byCookie, nobody, true, isOwn, isForeign, accounts);

        var exact = headers.Select(static field => field.Is("Authorization") ? OneToken().Match(field.Value) : Match.Empty).ToArray();
        if (exact.All(static match => match.Success))
        {
            // Two are not one token, whosever they are.
            var one = exact.Length == 1 ? persons[exact[0].Groups[1].Value] : null;
            return new(one is { IsKnown: true } ? [one] : [], false, false, isOwn, isForeign && cookies.Length > 0, accounts);
        }

        var named = headers.SelectMany(static field => Token().Matches(field.Value)).Select(match => persons[match.Groups[1].Value])
            .Where(static person => person.IsKnown);
        return new([.. named, .. byCookie], true, headers.All(static field => !Token().IsMatch(field.Value)), isOwn,
            isForeign && cookies.Length > 0, accounts);
    }

    /// <summary>Determines whether the request may be attributed to this caller.</summary>
    public bool Covers(string kind, string? id, IReadOnlyDictionary<string, Person> all) =>
        Persons.Any(person => person.Kind == kind && person.Id == id)
        || (MayBeNobody && kind == "Visitor" && !all.Values.Any(person => person.Id == id));

    private static (Person[] Persons, bool MayBeNobody) ByCookie(string cookies, IReadOnlyDictionary<string, Person> persons, SiteMode site,
        string sessionName)
    {
        List<(bool IsExact, string Value)> sessions = [];
        foreach (var pair in cookies.Replace("{{session-name}}", sessionName, StringComparison.Ordinal).Split([';', ',']))
        {
            var text = pair.Trim();
            if (text.StartsWith("{{cookie:", StringComparison.Ordinal))
                sessions.Add((true, "session:" + text[9..].TrimEnd('}')));
            else if (text.Split('=', 2) is [var called, var value]
                && called.Trim('"', ' ', '\t').StartsWith(sessionName, StringComparison.OrdinalIgnoreCase))
                sessions.Add(
                    (called == sessionName, value.Replace("{{", "", StringComparison.Ordinal).Replace("}}", "", StringComparison.Ordinal)));
        }

        // Which of several counts is for nobody to choose; a name that is only like the session's names none.
        string[] exact = [.. sessions.Where(static session => session.IsExact).Select(static session => session.Value).Distinct()];
        if (exact.Length == 1 && exact[0].StartsWith("chunks-", StringComparison.Ordinal)
            || (OpenFindings.HasRow("S62") && sessions.Count > 0 && (exact.Length != 1 || sessions.Count > 1)))
            return ([.. sessions.Select(one => persons.GetValueOrDefault(one.Value.Split(':')[^1])).OfType<Person>()], true);
        if (exact.Length != 1)
            return ([], true);
        Person[] who = exact[0].Split(':', 2) is [("session" or "made") and var kind, var name] && persons.TryGetValue(name, out var person)
            && person is { IsKnown: true, MayHaveSession: true } && (kind == "session" || site == SiteMode.Compatible)
                ? [person]
                : [];
        return (who, who.Length == 0 || who[0].Name == "leaving" || sessions.Count > 1 || !Pure().IsMatch(cookies));
    }

    private static bool IsFromOwnPage(Shot shot)
    {
        string[] sites = [.. shot.Fields.Where(static field => field.Loose == "sec-fetch-site").Select(static field => field.Value)];
        if (sites is ["same-origin"])
            return true;
        var host = shot.Value("host");
        return shot.Fields.Where(static field => field.Loose == "origin").Select(static field => field.Value).ToArray() is [var origin]
            && (origin == "http://{{host}}" || string.Equals(origin, "http://" + host, StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"^ *(?:[Bb][Ee][Aa][Rr][Ee][Rr] +)?\{\{token:([a-z0-9-]+)\}\} *$")]
    private static partial Regex OneToken();

    [GeneratedRegex(@"\{\{token:([a-z0-9-]+)\}\}")]
    private static partial Regex Token();

    [GeneratedRegex(@"account=\{\{account:([a-z]+)\}\}")]
    private static partial Regex Account();

    [GeneratedRegex(@"^(?:[a-zA-Z_-]+=[^;,""\s]*; )*\{\{cookie:[a-z-]+\}\}(?:; [a-zA-Z_-]+=[^;,""\s]*)*$")]
    private static partial Regex Pure();
}
