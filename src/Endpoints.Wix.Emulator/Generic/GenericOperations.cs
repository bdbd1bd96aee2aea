using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Catalog;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;

namespace Endpoints.Wix.Emulator.Generic;

/// <summary>Serves the operations that have no behavior of their own here, as Wix's packages describe them.</summary>
internal sealed class GenericOperations
{
    private readonly Dictionary<(string Method, int Length), List<(string[] Segments, OperationFact Fact)>> _table = [];
    private readonly TimeProvider _time;

    /// <param name="own">The routes of the operations that have a behavior of their own.</param>
    /// <param name="time">The clock.</param>
    public GenericOperations(IEnumerable<string> own, TimeProvider time)
    {
        _time = time;
        var taken = own.Select(Shape).ToHashSet(StringComparer.Ordinal);
        Facts = [.. WixFacts.Instance.Operations.Where(fact => !taken.Contains(Shape(fact.Route)))
            .OrderBy(static fact => fact.Kind is OperationKind.Example).DistinctBy(static fact => Shape(fact.Route))];
        foreach (var fact in Facts)
        {
            var segments = Segments(fact.Template);
            if (!_table.TryGetValue((fact.Method, segments.Length), out var there))
                _table.Add((fact.Method, segments.Length), there = []);
            there.Add((segments, fact));
        }
    }

    public IReadOnlyList<OperationFact> Facts { get; }

    /// <summary>Returns the operation at a path; null for none.</summary>
    public Operation? Find(string method, string path)
    {
        var segments = Segments(path);
        if (!_table.TryGetValue((method, segments.Length), out var there))
            return null;
        // A path that is spelled out goes before one with a parameter.
        var (template, fact) = there.Where(one => Fits(one.Segments, segments))
            .OrderBy(static one => one.Segments.Count(IsParameter)).FirstOrDefault();
        if (fact is null)
            return null;
        Answer Run(ApiRequest request, SiteData data)
        {
            var message = RequestReader.Read(request, fact, Parameters(template, segments));
            RequestCheck.Check(fact, message);
            return fact.Entity is null ? new Reply(fact, message).Build()
                : new EntityWork(fact, fact.Entity, request, message, data, _time).Run();
        }

        var access = fact.IsForVisitors ? Access.Any : fact.IsForMembers ? Access.Member : Access.Restricted;
        return fact.IsReading ? Ops.Read(fact.Route, access, fact.Permission, Run) : Ops.Write(fact.Route, access, fact.Permission, Run);
    }

    private static string[] Segments(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static string Shape(string route) =>
        string.Join('/', route.Split('/').Select(static segment => IsParameter(segment) ? $"{{}}{Suffix(segment)}" : segment));

    private static bool IsParameter(string segment) => segment.StartsWith('{');

    // A parameter may be followed by a verb: {bookingId}:confirmOrDecline.
    private static string Suffix(string segment) => segment[(segment.IndexOf('}', StringComparison.Ordinal) + 1)..];

    private static bool Fits(string[] template, string[] path)
    {
        for (var i = 0; i < template.Length; i++)
        {
            if (IsParameter(template[i])
                ? !path[i].EndsWith(Suffix(template[i]), StringComparison.OrdinalIgnoreCase)
                : !string.Equals(template[i], path[i], StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return true;
    }

    private static IEnumerable<(string Path, string Value)> Parameters(string[] template, string[] path) =>
        template.Zip(path).Where(static pair => IsParameter(pair.First)).Select(static pair =>
            (pair.First[1..pair.First.IndexOf('}', StringComparison.Ordinal)], pair.Second[..^Suffix(pair.First).Length]));
}
