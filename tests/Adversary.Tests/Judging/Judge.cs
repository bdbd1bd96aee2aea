using Adversary.Tests.Hosting;
using Endpoints.Wix.Emulator;

namespace Adversary.Tests.Judging;

/// <summary>
/// The one oracle: says what of all that happened must not be, by what was sent, what came back, what Wix was asked, the log and the
/// process.
/// </summary>
internal sealed class Judge(Arena arena, SiteLock theLock)
{
    private readonly Canaries _canaries = new(arena);
    private readonly ReportJudge _reports = new(arena, theLock);
    private readonly ProcessJudge _processes = new(arena);
    private readonly Dictionary<string, Fired> _byMarker = [];
    private readonly Queue<string> _markers = new();

    /// <summary>The number of elevated calls that were found to be correct.</summary>
    public int Elevated { get; private set; }

    /// <summary>The endpoints whose handlers have run.</summary>
    public HashSet<string> Reached { get; } = [];

    /// <summary>Judges a batch.</summary>
    /// <returns>What must not be and is not known yet.</returns>
    public async Task<IReadOnlyList<Violation>> JudgeAsync(IReadOnlyList<Fired> batch, CancellationToken ct) =>
        [.. (await AllAsync(batch, ct)).Where(static violation => !OpenFindings.Has(violation))];

    private async Task<IReadOnlyList<Violation>> AllAsync(IReadOnlyList<Fired> batch, CancellationToken ct)
    {
        foreach (var fired in batch)
            Remember(fired);
        List<Violation> violations = [.. _processes.Alive(batch)];
        if (violations.Count > 0)
            return violations;

        violations.AddRange(await _processes.AnswersAsync(ct));
        var calls = arena.Platform.Wix.Calls;
        arena.Platform.Wix.ClearCalls();
        foreach (var call in calls)
            _canaries.Learn(call);
        foreach (var fired in batch)
            violations.AddRange(Answers(fired));
        foreach (var call in calls)
            violations.AddRange(Call(call, batch));
        violations.AddRange(_canaries.InLogs());
        violations.AddRange(_processes.Size());
        return violations;
    }

    private IEnumerable<Violation> Answers(Fired fired)
    {
        if (_canaries.In(fired.Exchange.Received, fired) is { } secret)
            yield return new("canary in an answer", fired.Conversation.Wire.ToString(), secret, fired);
        foreach (var (index, answer) in fired.Exchange.Answers.Index())
        {
            // 505 is the server's own word on versions that nobody speaks, 504 the output cache's on what a client wants from it alone.
            if (answer.Status is >= 500 and not 505
                && !(answer.Status == 504 && fired.Conversation.Shots.Any(static shot => shot.Value("cache-control") == "only-if-cached")))
                yield return new(
                    "5xx", $"{answer.Status} {(fired.Conversation.Shots.Any(static shot => shot.Value("content-encoding") is not null) ? "packed" : fired.Conversation.Shots[Math.Min(index, fired.Conversation.Shots.Length - 1)].Surface)}", answer.Body, fired);
            if (answer.Head.Contains("//evil.example", StringComparison.OrdinalIgnoreCase))
                yield return new("another site in a header", fired.Conversation.Wire.ToString(), answer.Head, fired);
            foreach (var text in answer.Status == 101 ? Wires.Frame.Texts(answer.Body) : [answer.Body])
            {
                if (Report.In(text) is not { } report)
                    continue;
                Reached.Add(report.Endpoint);
                foreach (var violation in _reports.Judge(report, fired, call: null))
                    yield return violation;
            }
        }
    }

    private IEnumerable<Violation> Call(EmulatedCall call, IReadOnlyList<Fired> batch)
    {
        var isElevated = call.Caller?.Kind is EmulatedIdentityKind.App or EmulatedIdentityKind.ApiKey;
        var report = call.Route == "POST /members/v1/members/query" ? Report.In(call.Body) : null;
        if (report is null)
        {
            // Handlers read the site's properties beside, and the library asks who somebody is.
            if (isElevated && !IsProperties(call.RawTarget) && call.Path != "/oauth2/token-info")
                yield return new("elevated call that no handler reports", call.Method, $"{call.Method} {call.RawTarget} as {call.Caller}");
            yield break;
        }

        Elevated += isElevated ? 1 : 0;
        var marked = report.Markers.Select(_byMarker.GetValueOrDefault).FirstOrDefault(static found => found is not null)
            ?? batch.FirstOrDefault(fired => fired.Exchange.Ports.Contains(report.Port));
        if (marked is null)
        {
            yield return new("call for a request that nobody sent", report.Endpoint, $"{report} as {call.Caller}");
            yield break;
        }

        foreach (var violation in _reports.Judge(report, marked, call))
            yield return violation;
    }

    /// <summary>Determines whether every server reads a path as one below /site-properties.</summary>
    private static bool IsProperties(string target)
    {
        var path = target.Split('?')[0];
        return path.StartsWith("/site-properties/", StringComparison.Ordinal)
            && !path.Contains("..", StringComparison.Ordinal)
            && !path.Contains("//", StringComparison.Ordinal)
            && !path.Contains("/./", StringComparison.Ordinal)
            && path.IndexOfAny(['\\', ';']) < 0
            && !((string[])["%2e", "%2f", "%5c", "%25", "%3b", "%00"]).Any(
                escape => path.Contains(escape, StringComparison.OrdinalIgnoreCase));
    }

    private void Remember(Fired fired)
    {
        foreach (var marker in fired.Markers)
        {
            _byMarker[marker] = fired;
            _markers.Enqueue(marker);
        }

        while (_markers.Count > 20_000)
            _byMarker.Remove(_markers.Dequeue());
    }
}
