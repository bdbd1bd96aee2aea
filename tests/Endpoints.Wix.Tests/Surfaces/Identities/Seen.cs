using System.Collections.Concurrent;

namespace Endpoints.Wix.Tests.Surfaces.Identities;

/// <summary>The arguments that handlers received for a parameter of a type, and the request's service of that type.</summary>
internal sealed class Seen
{
    private readonly ConcurrentQueue<(object? Value, object? Own)> _values = new();

    public IReadOnlyCollection<(object? Value, object? Own)> Values => _values;

    public void Clear() => _values.Clear();

    public string Add<T>(HttpContext? context, T? value)
    {
        _values.Enqueue((value, context?.RequestServices.GetService(typeof(T))));
        return "seen";
    }
}
