namespace Endpoints.Wix.Emulator.Catalog;

/// <summary>Finds what an action sets by its name: <c>cancelOrder</c> a status <c>CANCELED</c>, <c>archivePlan</c> a flag.</summary>
internal static class Transitions
{
    public static (string Field, object Value)? Find(EntityFact entity, Messages messages, IReadOnlyList<string> words)
    {
        var names = Names(words).ToList();
        foreach (var field in entity.Fields.Values.Where(static field => field.IsSingle)
            .Where(static field => field.Name.EndsWith("status", StringComparison.OrdinalIgnoreCase)
                || field.Name.EndsWith("state", StringComparison.OrdinalIgnoreCase))
            .OrderBy(static field => field.Name.Length))
        {
            var members = messages.Members(field.Type) ?? [];
            if (members.FirstOrDefault(member => names.Contains(member, StringComparer.OrdinalIgnoreCase)) is { } member)
                return (field.Name, member);
        }

        // "unarchive" takes back what "archive" does.
        var undoes = words[0].StartsWith("un", StringComparison.Ordinal) && words[0].Length > 4;
        var flags = undoes ? [.. Names([words[0][2..]])] : names;
        var flag = entity.Fields.Values.FirstOrDefault(field =>
            field is { IsSingle: true, Type: "bool" } && flags.Contains(field.Name, StringComparer.OrdinalIgnoreCase));
        return flag is null ? null : (flag.Name, !undoes);
    }

    private static IEnumerable<string> Names(IReadOnlyList<string> words)
    {
        // "markOrderAsPaid" and "setDefault" say the word itself.
        foreach (var word in words.Skip(1).Where(_ => words[0] is "mark" or "set"))
            yield return word;
        var verb = words[0];
        yield return verb;
        yield return verb + 'd';
        yield return verb + "ed";
        yield return verb + verb[^1] + "ed";
        if (verb.EndsWith('y'))
            yield return verb[..^1] + "ied";
        if (verb.EndsWith("ate", StringComparison.Ordinal))
            yield return verb[..^3] + 'e'; // activate, active
        if (verb.EndsWith('e'))
            yield return verb[..^2] + "dden"; // hide, hidden
        if (verb == "resume")
            yield return "active";
    }
}
