using System.Diagnostics;
using System.Globalization;
using System.Text;
using Adversary.Tests.Generation;
using Adversary.Tests.Hosting;
using Adversary.Tests.Judging;
using Adversary.Tests.Requests;
using Adversary.Tests.Shrinking;

namespace Adversary.Tests;

/// <summary>Attacks for a time: batch by batch from one seed, judged after each.</summary>
internal sealed class Campaign(Arena arena, int seed)
{
    private const int BatchSize = 24;

    private readonly SortedDictionary<string, int> _tried = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _statuses = new(StringComparer.Ordinal);

    public SiteLock Lock { get; } = new();

    public int Requests { get; private set; }

    /// <summary>The extent of a run.</summary>
    public string Summary { get; private set; } = "";

    /// <summary>Goes on until the time is over, enough was tried, the application has ended or enough is found.</summary>
    /// <param name="time">How long to attack.</param>
    /// <param name="most">How many requests are enough.</param>
    /// <param name="enough">How many findings are enough.</param>
    /// <param name="shrinkSeconds">How long a finding is made smaller.</param>
    /// <returns>What was found, as text to keep.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(TimeSpan time, int most = int.MaxValue, int enough = 10, int shrinkSeconds = 20)
    {
        var findings = new Dictionary<string, string>();
        var gun = new Gun(arena);
        var judge = new Judge(arena, Lock);
        var assaults = new Assaults(seed, arena.Modes);
        var clock = Stopwatch.StartNew();
        using var end = new CancellationTokenSource(time + TimeSpan.FromMinutes(2));
        while (clock.Elapsed < time && Requests < most && findings.Count < enough && arena.Sites.All(static site => site.IsAlive))
        {
            var batch = assaults.Batch(BatchSize);
            var fired = await gun.FireAsync(batch, end.Token);
            Count(fired);
            foreach (var violation in await judge.JudgeAsync(fired, end.Token))
            {
                if (!findings.ContainsKey(violation.Name))
                    findings[violation.Name] = await DescribeAsync(violation, batch, new(gun, judge, TimeSpan.FromSeconds(shrinkSeconds)));
            }
        }

        Summary = Summarize(judge, findings.Count);
        return [.. findings.Values];
    }

    private async Task<string> DescribeAsync(Violation violation, IReadOnlyList<Conversation> batch, Shrinker shrinker)
    {
        var suspects = violation.By is { } by
            ? batch.Where(conversation => ReferenceEquals(conversation, by.Conversation)).Concat(batch) : batch;
        var least = await shrinker.ShrinkAsync(violation, suspects.Distinct());
        var (conversation, found) = least ?? (violation.By?.Conversation ?? batch[0], violation);
        var text = ConversationText.Write(
            conversation, found.ToString() + (least is null ? "\nIt did not happen again when each conversation was tried alone." : ""));
        return $"After {Requests} requests from seed {seed} a rule was broken. To keep it as a case, save this as a file in "
            + $"tests/Adversary.Tests/found:\n\n{text}";
    }

    private void Count(IEnumerable<Fired> batch)
    {
        foreach (var fired in batch)
        {
            foreach (var shot in fired.Conversation.Shots)
            {
                Requests++;
                Increase(_tried, $"{fired.Conversation.Wire} {(shot.IsUpgrade ? "upgrade" : "request")}");
                Increase(_tried, shot.Surface.Length == 0 ? "beside" : shot.Surface);
            }

            foreach (var answer in fired.Exchange.Answers)
                Increase(_statuses, answer.Status.ToString(CultureInfo.InvariantCulture));
        }
    }

    private string Summarize(Judge judge, int findings)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"Seed {seed}: {Requests} requests, {judge.Elevated} elevated calls, {findings} findings.");
        text.AppendLine("Tried: " + string.Join(", ", _tried.Select(static one => $"{one.Key} {one.Value}")));
        text.AppendLine("Answered: " + string.Join(", ", _statuses.Select(static one => $"{one.Key} {one.Value}")));
        text.AppendLine(
            "Sizes: " + string.Join(
                ", ", arena.Sites.Where(static site => site.IsAlive)
                    .Select(static site => $"{site.Mode} {site.Size().Megabytes} MB, {site.Size().Handles} handles")));
        text.AppendLine("Handlers that ran: " + string.Join(", ", judge.Reached.Order(StringComparer.Ordinal)));
        return text.ToString();
    }

    private static void Increase(SortedDictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
}
