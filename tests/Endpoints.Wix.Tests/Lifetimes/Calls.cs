using System.Collections.Concurrent;

namespace Endpoints.Wix.Tests.Lifetimes;

/// <summary>The instances of the application's services that were called.</summary>
internal sealed class Calls
{
    private readonly ConcurrentQueue<object> _called = new();

    public void Add(object service) => _called.Enqueue(service);

    /// <summary>Those that were called since the last look, each once.</summary>
    public IReadOnlyList<object> Take()
    {
        var taken = _called.Distinct(ReferenceEqualityComparer.Instance).OfType<object>().ToList();
        _called.Clear();
        return taken;
    }
}
