using System.Diagnostics.CodeAnalysis;

namespace Endpoints.Wix.Emulator.Values;

/// <summary>
/// Keeps values under unguessable names for a limited time: codes, login sessions, upload addresses. Beyond the capacity, the oldest are
/// removed.
/// </summary>
internal sealed class ExpiringStore<T>(TimeProvider time, TimeSpan lifetime, int capacity = 10_000)
    where T : class
{
    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, (T Thing, DateTimeOffset Until)> _things = new(StringComparer.Ordinal);

    public string Add(T thing)
    {
        var name = new SecretSource(null).Text("", 24);
        lock (_gate)
        {
            var now = time.GetUtcNow();
            while (_things.Count > 0 && (_things.Count >= capacity || _things.GetAt(0).Value.Until <= now))
                _things.RemoveAt(0);
            _things[name] = (thing, now + lifetime);
        }

        return name;
    }

    public bool TryFind(string? name, [NotNullWhen(true)] out T? thing)
    {
        lock (_gate)
            return Find(name, out thing);
    }

    /// <summary>Finds and removes a value. Of several concurrent callers, only one gets it.</summary>
    public bool TryTake(string? name, [NotNullWhen(true)] out T? thing)
    {
        lock (_gate)
        {
            if (!Find(name, out thing))
                return false;
            _things.Remove(name!); // it was found by it
            return true;
        }
    }

    private bool Find(string? name, [NotNullWhen(true)] out T? thing)
    {
        thing = name is not null && _things.TryGetValue(name, out var held) && held.Until > time.GetUtcNow() ? held.Thing : null;
        return thing is not null;
    }
}
