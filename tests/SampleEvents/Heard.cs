using System.Collections.Concurrent;

namespace SampleEvents;

/// <summary>What the library's event file has handled.</summary>
public sealed class Heard
{
    public ConcurrentQueue<string> Events { get; } = new();
}
