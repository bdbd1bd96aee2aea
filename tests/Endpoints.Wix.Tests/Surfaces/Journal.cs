using System.Collections.Concurrent;

namespace Endpoints.Wix.Tests.Surfaces;

/// <summary>The events of requests, in order.</summary>
internal sealed class Journal
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public void Add(string line) => _lines.Enqueue(line);

    public void Clear() => _lines.Clear();
}
