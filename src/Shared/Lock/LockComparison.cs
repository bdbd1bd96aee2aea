using Endpoints.Shared.CallPatterns;
using Endpoints.Shared.Collections;
using Endpoints.Shared.Limits;

namespace Endpoints.Shared.Lock;

/// <summary>Compares the elevated endpoints of the code with the guard lock.</summary>
/// <remarks>
/// <para>The code is wider than the lock unless it is clearly as narrow. The following are wider:</para>
/// <list type="bullet">
/// <item>an additional kind of caller;</item>
/// <item>a limit that is missing, or that has a greater count or a shorter period;</item>
/// <item>a policy, a check or an <c>[Authorize]</c> requirement that is missing or replaced by another;</item>
/// <item>elevation that is no longer limited to certain calls, or is limited to calls that the lock's calls do not cover;</item>
/// <item>a call to Wix that the code can make, or code whose calls can't be seen, that the lock doesn't have;</item>
/// <item>a different access of an endpoint that is not elevated;</item>
/// <item>code that demanded something of callers somewhere, and is gone;</item>
/// <item>any other setting with a different value, whose meaning is unknown here;</item>
/// <item>a value that only the running application knows, where the lock has a known value.</item>
/// </list>
/// </remarks>
internal static class LockComparison
{
    private const string Unknown = LockedEndpoint.Unknown;

    /// <summary>Returns the differences: those of the code's endpoints in their order, then the entries that only the lock has.</summary>
    public static IReadOnlyList<LockDifference> Compare(IReadOnlyList<LockedEndpoint> locked, IReadOnlyList<LockedEndpoint> code)
    {
        var partners = Pair(locked, code);
        var differences = new List<LockDifference>();
        for (var i = 0; i < code.Count; i++)
        {
            if (partners[i] < 0)
            {
                differences.Add(code[i].IsDemand
                    ? new(LockDifferenceKind.Narrower, code[i], i, -1, ["the code that demands it is new"])
                    : new(LockDifferenceKind.New, code[i], i, -1, []));
                continue;
            }
            var (wider, narrower) = Compare(locked[partners[i]], code[i]);
            if (wider.Count > 0)
                differences.Add(new(LockDifferenceKind.Wider, code[i], i, partners[i], wider));
            else if (narrower.Count > 0)
                differences.Add(new(LockDifferenceKind.Narrower, code[i], i, partners[i], narrower));
        }
        for (var i = 0; i < locked.Count; i++)
        {
            if (partners.Contains(i))
                continue;
            if (locked[i].IsDemand)
                differences.Add(new(LockDifferenceKind.Wider, locked[i], -1, i, ["the code that demanded something of callers is gone"]));
            else
                differences.Add(
                    new(LockDifferenceKind.Narrower, locked[i], -1, i,
                        [locked[i].Code is null
                            ? locked[i].IsElevated ? "it is gone, or no longer elevated" : "it is gone" : "the code is gone"]));
        }
        return differences;
    }

    // Several endpoints may have one method and route (constraints, versions, patterns that can't be seen). Each entry of the lock stands
    // for one of them.
    private static int[] Pair(IReadOnlyList<LockedEndpoint> locked, IReadOnlyList<LockedEndpoint> code)
    {
        var partners = Enumerable.Repeat(-1, code.Count).ToArray();
        var free = new HashSet<int>(Enumerable.Range(0, locked.Count));
        foreach (var fits in new Func<LockedEndpoint, LockedEndpoint, bool>[]
        {
            static (entry, endpoint) => Compare(entry, endpoint) is { Wider.Count: 0, Narrower.Count: 0 },
            static (entry, endpoint) => Compare(entry, endpoint).Wider.Count == 0,
            static (_, _) => true,
        })
        {
            for (var i = 0; i < code.Count; i++)
            {
                if (partners[i] >= 0)
                    continue;
                foreach (var candidate in free.Where(
                    k => locked[k].Method == code[i].Method && locked[k].Route == code[i].Route && locked[k].Code == code[i].Code
                        && fits(locked[k], code[i])).OrderBy(static k => k))
                {
                    partners[i] = candidate;
                    free.Remove(candidate);
                    break;
                }
            }
        }
        return partners;
    }

    private static (List<string> Wider, List<string> Narrower) Compare(LockedEndpoint entry, LockedEndpoint code)
    {
        var (wider, narrower) = (new List<string>(), new List<string>());
        if (entry.IsElevated && !code.IsElevated)
        {
            // The handler can do less, and what kept others from it is gone.
            wider.Add($"it is no longer elevated, and open to {Join(code.Authorize.DefaultIfEmpty(Join(code.Access)))}");
            return (wider, narrower);
        }
        CompareCallers(entry, code, wider, narrower);
        CompareLimit(entry.Limit, code.Limit, wider, narrower);
        CompareDemands("policy", entry.Policies, code.Policies, wider, narrower);
        CompareDemands("demand of [Authorize]", entry.Authorize, code.Authorize, wider, narrower);
        CompareDemands("check", entry.Checks, code.Checks, wider, narrower);
        CompareOnly(entry.Only, code.Only, wider, narrower);
        CompareCalls(entry, code, wider, narrower);
        CompareSettings(entry, code, wider, narrower);
        CompareAccess(entry.Access, code.Access, wider, narrower);
        return (wider, narrower);
    }

    private static void CompareCallers(LockedEndpoint entry, LockedEndpoint code, List<string> wider, List<string> narrower)
    {
        var (more, less) = (code.Callers.Except(entry.Callers).ToList(), entry.Callers.Except(code.Callers).ToList());
        if (more.Contains(Unknown))
            wider.Add($"its callers can't be seen in the code (the lock has {Join(entry.Callers)})");
        else if (more.Count > 0 && !entry.Callers.Contains(Unknown))
            wider.Add($"it is open to {Join(more)} (the lock has {Join(entry.Callers)})");
        else if (more.Count > 0 || less.Count > 0)
            narrower.Add($"it is open to {Join(code.Callers)} only (the lock has {Join(entry.Callers)})");
    }

    private static void CompareLimit(string? entry, string? code, List<string> wider, List<string> narrower)
    {
        if (entry == code)
            return;
        if (entry is null)
        {
            narrower.Add($"it has a rate limit of {code}");
            return;
        }
        if (code is null)
        {
            wider.Add($"it has no rate limit (the lock has {entry})");
            return;
        }
        // Each limit of before must be held by one of now.
        var now = LimitText.TryParseAll(code, out _);
        var before = LimitText.TryParseAll(entry, out _);
        if (now is not null
            && (entry == Unknown || before?.All(old => now.Any(one => one.Count <= old.Count && one.Seconds >= old.Seconds)) == true))
        {
            if (before is null || !before.SequenceEqual(now))
                narrower.Add($"its rate limit is {code} (the lock has {entry})");
        }
        else
            wider.Add($"its rate limit is {(code == Unknown ? "one that can't be seen in the code" : code)} (the lock has {entry})");
    }

    private static void CompareDemands(string what, EquatableArray<string> entry, EquatableArray<string> code, List<string> wider,
        List<string> narrower)
    {
        wider.AddRange(entry.Except(code).Where(static demand => demand != Unknown).Select(demand => $"the {what} '{demand}' is gone"));
        // What stood there unseen must still be something.
        if (entry.Contains(Unknown) && code.Except(entry.Where(static demand => demand != Unknown)).Any() is false)
            wider.Add($"a {what} that the code did not show is gone");
        narrower.AddRange(code.Except(entry).Select(demand => $"the {what} '{demand}' is new"));
    }

    private static void CompareOnly(EquatableArray<string>? entry, EquatableArray<string>? code, List<string> wider, List<string> narrower)
    {
        if (entry is not { } before)
        {
            if (code is { } limited)
                narrower.Add($"its elevation is limited to {Join(limited)}");
            return;
        }
        if (code is not { } now)
        {
            wider.Add($"its elevation may make any call (the lock has {Join(before)})");
            return;
        }

        var more = now.Where(call => !before.Any(allowed => Covers(allowed, call))).ToList();
        if (more.Count > 0)
            wider.Add($"its elevation may call {Join(more)} (the lock has {Join(before)})");
        else if (before.Any(call => !now.Any(allowed => Covers(allowed, call))))
            narrower.Add($"its elevation is limited to {Join(now)} (the lock has {Join(before)})");
    }

    private static void CompareCalls(LockedEndpoint entry, LockedEndpoint code, List<string> wider, List<string> narrower)
    {
        if (code.Calls is not { } now)
            return;
        var before = (entry.Calls ?? default).ToDictionary(static call => call.Operation, StringComparer.Ordinal);
        wider.AddRange(now.Where(call => !before.ContainsKey(call.Operation)).Select(static call => $"its code can call {call}"));
        wider.AddRange(code.Unseen.Except(entry.Unseen).Select(
            static name => $"its code runs {(name == Unknown ? "a handler" : name)}, whose calls to Wix can't be seen"));
        narrower.AddRange(
            before.Keys.Except(now.Select(static call => call.Operation)).Select(static call => $"its code doesn't call {call}"));
        narrower.AddRange(entry.Unseen.Except(code.Unseen).Select(
            static name => $"its code doesn't run {(name == Unknown ? "a handler that can't be seen" : name)}"));
        narrower.AddRange(now.Where(call => before.TryGetValue(call.Operation, out var old) && !old.Equals(call))
            .Select(static call => $"the permissions of {call.Operation} are {Join(call.Permissions)}"));
    }

    private static void CompareSettings(LockedEndpoint entry, LockedEndpoint code, List<string> wider, List<string> narrower)
    {
        var (more, less) = (code.Settings.Except(entry.Settings).ToList(), entry.Settings.Except(code.Settings).ToList());
        // What Wix calls acts as any app unless it names one; earlier versions wrote none.
        if (code.IsSigned && less.Count == 0)
            narrower.AddRange(more.Select(static setting => $"the setting {setting} is not in the lock"));
        else
            wider.AddRange(more.Select(static setting => $"the setting {setting} is not in the lock"));
        wider.AddRange(less.Select(static setting => $"the lock's setting {setting} is gone"));
    }

    private static void CompareAccess(EquatableArray<string> entry, EquatableArray<string> code, List<string> wider, List<string> narrower)
    {
        if (entry.SequenceEqual(code))
            return;
        if (entry.Contains(LockedEndpoint.Anyone) && code.SequenceEqual([LockedEndpoint.Authorized]))
            narrower.Add("it is no longer open to anyone");
        else
            wider.Add($"it is {(code.Count == 0 ? "elevated" : $"open to {Join(code)}")} (the lock has {Join(entry)})");
    }

    private static bool Covers(string allowed, string call) =>
        allowed == call || (CallPattern.Parse(allowed) is { } wide && CallPattern.Parse(call) is { } narrow && wide.Covers(narrow));

    private static string Join(IEnumerable<string> values) =>
        values.DefaultIfEmpty("nothing").Aggregate(static (all, value) => $"{all}, {value}");
}
