namespace Endpoints.Wix.Analyzers.Calls;

/// <summary>Represents the calls to Wix that code can make with more permissions than its caller has.</summary>
internal sealed class ReachedCalls
{
    private readonly HashSet<(Speaker Speaker, ModuleCall Call)> _calls = [];
    private readonly HashSet<string> _unseen = new(StringComparer.Ordinal);

    /// <summary>Gets the calls in the order of their paths.</summary>
    public IEnumerable<(Speaker Speaker, ModuleCall Call)> Calls => _calls
        .OrderBy(static one => one.Call.Operation.Substring(one.Call.Operation.IndexOf(' ') + 1), StringComparer.Ordinal)
        .ThenBy(static one => one.Call.Operation, StringComparer.Ordinal).ThenBy(static one => one.Speaker);

    /// <summary>Gets the names of code that may call Wix, and whose calls the compiler can't see.</summary>
    public IEnumerable<string> Unseen => _unseen.OrderBy(static name => name, StringComparer.Ordinal);

    public void Add(Speaker speaker, ModuleCall call) => _calls.Add((speaker, call));

    public void AddUnseen(string name) => _unseen.Add(name);

    public void Add(ReachedCalls other)
    {
        _calls.UnionWith(other._calls);
        _unseen.UnionWith(other._unseen);
    }
}
