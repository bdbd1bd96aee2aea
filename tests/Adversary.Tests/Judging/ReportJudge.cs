using Adversary.Tests.Hosting;
using Adversary.Tests.Requests;
using Endpoints.Wix.Emulator;

namespace Adversary.Tests.Judging;

/// <summary>
/// Holds what a handler believed, and as whom Wix was called for it, against what the request carried and what the lock allows.
/// </summary>
internal sealed class ReportJudge(Arena arena, SiteLock theLock)
{
    /// <summary>Judges one report.</summary>
    /// <param name="report">What the handler said.</param>
    /// <param name="fired">The conversation that it ran for.</param>
    /// <param name="call">The call to Wix that brought it; null when it is an answer.</param>
    public IEnumerable<Violation> Judge(Report report, Fired fired, EmulatedCall? call)
    {
        var shots = report.Markers.Select(fired.ByMarker).OfType<Shot>().Distinct().ToList();
        if (call is null && report.Markers.Length > 0 && shots.Count == 0)
            yield return new("somebody else's answer", report.Endpoint, report.ToString(), fired);
        if (shots.Count > 1)
            yield return new("one request made of several", report.Endpoint, report.ToString(), fired);
        // A request without a marker is one of the connection's. What is sent to a hub step by step is heard by whichever poll is open.
        var problems =
            (shots.Count > 0 && fired.Conversation.Wire != Wire.Steps ? shots : [.. fired.Conversation.Shots]).Select(
                shot => Problem(report, shot, fired.Conversation, call)).ToList();
        if (problems.TrueForAll(static problem => problem is not null))
            yield return problems[0]! with { By = fired };
    }

    private Violation? Problem(Report report, Shot shot, Conversation conversation, EmulatedCall? call)
    {
        var persons = arena.Platform.Persons;
        var expected = Expectation.Of(shot, persons, conversation, arena.Credentials(conversation.Site).SessionName);
        var text = $"{Describe(report)}; the request is {(expected.Persons.Count == 0 ? "nobody's" : string.Join(" or ", expected.Persons))}";

        foreach (var seen in report.Seen)
        {
            if (!expected.Covers(seen.Kind, seen.Id, persons))
                return new("identity", report.Endpoint, $"{seen.Source} is {seen.Kind} {seen.Id}: {text}");
            if (theLock.Callers(report.Endpoint)?.Contains(seen.Kind) == false)
                return new("lock", report.Endpoint, $"{seen.Kind} is not let in: {text}");
        }

        if (report.Seen.Select(static seen => (seen.Kind, seen.Id)).Distinct().Count() > 1)
            return new("identity", report.Endpoint, $"Several callers: {text}");
        if (theLock.Callers(report.Endpoint) is not null && report.Seen.Length == 0)
            return new("lock", report.Endpoint, $"Nobody is let in: {text}");
        if (report.Account is not null && !expected.Accounts.Contains(report.Account))
            return new("identity", report.Endpoint, $"Account {report.Account}: {text}");
        if (report.Endpoint.Contains("/account", StringComparison.Ordinal) && report.Account is null)
            return new("lock", report.Endpoint, $"No account: {text}");
        if (theLock.IsChecked(report.Endpoint) && report.Resource != report.Seen.FirstOrDefault()?.Id)
            return new("check", report.Endpoint, $"The thing of {report.Resource}: {text}");
        if (theLock.IsForStaff(report.Endpoint) && report.Seen.Any(seen => seen.Id != arena.Platform.Staff.Id))
            return new("policy", report.Endpoint, text);
        return call is null ? null : CallProblem(report, shot, conversation.Wire, expected, call, text);
    }

    private Violation? CallProblem(Report report, Shot shot, Wire wire, Expectation expected, EmulatedCall call, string text)
    {
        var isElevated = call.Caller?.Kind is EmulatedIdentityKind.App or EmulatedIdentityKind.ApiKey;
        if (!theLock.MayElevate(report.Endpoint))
        {
            return !isElevated || expected.Covers("App", call.Caller?.Id, arena.Platform.Persons)
                ? report.Seen.All(seen => seen.Id is null || (seen.Kind == call.Caller?.Kind.ToString() && seen.Id == call.Caller.Id))
                    ? null : new("own call", report.Endpoint, $"As {call.Caller}: {text}")
                : new("elevation", report.Endpoint, $"No lock has it: {text}");
        }

        if (!isElevated)
            return new("elevation", report.Endpoint, $"As {call.Caller}: {text}");
        if (call.Caller!.Kind == EmulatedIdentityKind.App)
        {
            var instances = expected.Persons.Where(person => report.Seen.Any(seen => seen.Id == person.Id))
                .Select(static person => person.Instance).ToList();
            if (expected.MayBeNobody)
                instances.Add(arena.Platform.Wix.InstanceId);
            if (!instances.Contains(call.Caller.InstanceId))
                return new("instance", report.Endpoint, $"On {call.Caller.InstanceId}: {text}");
        }

        var hasCookie = report.Account is not null || report.Seen.Any(static seen => seen.Id is not null);
        return Changes(shot, wire, report) && (expected.IsForeignPage || (expected.IsByCookie && hasCookie && !expected.IsOwnPage))
            ? new("cross-site", report.Endpoint, text) : null;
    }

    /// <summary>Determines whether a request counts as a change, for which a browser must state its origin.</summary>
    private static bool Changes(Shot shot, Wire wire, Report report) =>
        (wire is Wire.Http1 or Wire.Steps && shot.IsUpgrade
            && shot.Fields.Any(
                static field => field.Is("Connection") && field.Value.EndsWith("Upgrade", StringComparison.OrdinalIgnoreCase)))
        || shot.Method.ToUpperInvariant() is not ("GET" or "HEAD" or "OPTIONS")
        || report.Endpoint == "GET /events"
        || shot.Fields.Any(static field => field.Is("Accept") && field.Value == "text/event-stream");

    private static string Describe(Report report) =>
        $"{report.Endpoint} saw {string.Join(", ", report.Seen.Select(static seen => $"{seen.Kind} {seen.Id} ({seen.Source})"))} account "
        + $"{report.Account ?? "none"} resource {report.Resource ?? "none"}";
}
