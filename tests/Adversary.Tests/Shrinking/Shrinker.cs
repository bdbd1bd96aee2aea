using System.Diagnostics;
using Adversary.Tests.Hosting;
using Adversary.Tests.Judging;
using Adversary.Tests.Requests;

namespace Adversary.Tests.Shrinking;

/// <summary>
/// Finds the least that still breaks a rule: fewer requests, fewer headers, a plainer target, a shorter body, each tried on new
/// connections.
/// </summary>
internal sealed class Shrinker(Gun gun, Judge judge, TimeSpan limit)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>The least conversation that breaks the same rule; null when none does it alone.</summary>
    public async Task<(Conversation Least, Violation Violation)?> ShrinkAsync(Violation violation, IEnumerable<Conversation> suspects)
    {
        foreach (var suspect in suspects.TakeWhile(_ => _clock.Elapsed < limit))
        {
            if (await BreaksAsync(suspect, violation.Name) is not { } found)
                continue;
            var least = (suspect, found);
            while (await StepAsync(least.suspect, violation.Name) is { } smaller)
                least = smaller;
            return least;
        }

        return null;
    }

    private async Task<(Conversation, Violation)?> StepAsync(Conversation conversation, string name)
    {
        foreach (var smaller in Smaller(conversation))
        {
            if (_clock.Elapsed > limit)
                return null;
            if (await BreaksAsync(smaller, name) is { } found)
                return (smaller, found);
        }

        return null;
    }

    private async Task<Violation?> BreaksAsync(Conversation conversation, string name)
    {
        var fired = await gun.FireAsync(conversation, CancellationToken.None);
        return (await judge.JudgeAsync([fired], CancellationToken.None)).FirstOrDefault(violation => violation.Name == name);
    }

    private static IEnumerable<Conversation> Smaller(Conversation conversation)
    {
        var shots = conversation.Shots;
        for (var i = 0; shots.Length > 1 && i < shots.Length; i++)
            yield return conversation with { Shots = shots.RemoveAt(i) };
        for (var i = 0; i < shots.Length; i++)
        {
            foreach (var smaller in Smaller(shots[i]))
                yield return conversation with { Shots = shots.SetItem(i, smaller) };
        }

        if (conversation.Wire is Wire.Frames or Wire.Http2)
            yield return conversation with { Wire = Wire.Http1 };
    }

    private static IEnumerable<Shot> Smaller(Shot shot)
    {
        for (var i = 0; i < shot.Fields.Length; i++)
            yield return shot with { Fields = shot.Fields.RemoveAt(i) };
        if (shot.Body.Length > 0)
            yield return shot with { Body = "" };
        if (shot.Body.Length > 8 && !shot.Body.Contains("{{", StringComparison.Ordinal))
            yield return shot with { Body = shot.Body[..(shot.Body.Length / 2)] };
        if (shot.Method != "GET")
            yield return shot with { Method = "GET" };
        if (shot.Target.Split('?', 2) is [var path, var query])
        {
            yield return shot with { Target = path };
            var parts = query.Split('&');
            for (var i = 0; i < parts.Length && parts.Length > 1; i++)
                yield return shot with { Target = path + "?" + string.Join('&', parts.Where((_, index) => index != i)) };
        }
    }
}
