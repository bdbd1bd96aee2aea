using Endpoints.Shared.Collections;
using Endpoints.Shared.Lock;
using Endpoints.Wix.Analyzers.Symbols;

namespace Endpoints.Wix.Analyzers.Lock;

/// <summary>Writes the guards that one <c>[Elevate]</c> or <c>.Elevate(...)</c> sets into an entry.</summary>
internal static class LockedGuards
{
    private static readonly HashSet<string> Known =
        new(StringComparer.OrdinalIgnoreCase) { "Callers", "RateLimit", "Policy", "Policies", "Check", "Checks", "Only" };

    /// <summary>Returns an entry with the guards of a use of elevation.</summary>
    public static LockedEndpoint Of(LockedEndpoint entry, ElevateUse use, WixSymbols wix) => entry with
    {
        Callers = Callers(use, wix).ToEquatableArray(),
        Limit = use.Single("RateLimit") is { } limit && !(limit.IsKnown && limit.Value is null) ? limit.ToString() : null,
        Policies = Texts(use, "Policy", "Policies"),
        Checks = Texts(use, "Check", "Checks"),
        Only = use.All("Only") is { Count: > 0 } only && !(only.Count == 1 && only[0] is { IsKnown: true, Value: null })
            ? Texts(use, "Only")
            : use.Settings.ContainsKey("Only") && use.All("Only").Count == 0 ? Texts(use, "Only") : null,
        Settings = use.Settings.Where(static setting => !Known.Contains(setting.Key))
            .Select(static setting => $"{setting.Key}={string.Join(",", setting.Value)}")
            .OrderBy(static setting => setting, StringComparer.Ordinal).ToEquatableArray(),
    };

    private static IEnumerable<string> Callers(ElevateUse use, WixSymbols wix)
    {
        if (use.Callers is not { } callers)
            return [ElevateValue.Unknown];
        var kinds = wix.CallerKinds.OrderBy(static kind => kind.Value).ToList();
        var rest = callers & ~kinds.Aggregate(0L, static (all, kind) => all | kind.Value);
        return kinds.Where(kind => (callers & kind.Value) != 0).Select(static kind => kind.Key).Concat(rest == 0 ? [] : [$"{rest}"]);
    }

    private static EquatableArray<string> Texts(ElevateUse use, params string[] names) => names
        .SelectMany(use.All)
        .Where(static value => !(value.IsKnown && value.Value is null))
        .Select(static value => value.ToString())
        .Distinct().OrderBy(static text => text, StringComparer.Ordinal).ToEquatableArray();
}
