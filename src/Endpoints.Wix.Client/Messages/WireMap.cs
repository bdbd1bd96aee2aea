using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Messages;

/// <summary>A map in a message: empty as long as it is not there, and there as soon as something is added.</summary>
internal sealed class WireMap<T>(WixMessage owner, string name, WixKind<T> kind) : IDictionary<string, T>
{
    private JsonObject? Object => owner.Json[name] switch
    {
        null => null,
        JsonObject json => json,
        _ => throw new FormatException($"Wix's member '{name}' isn't a map."),
    };

    public int Count => Object?.Count ?? 0;

    public bool IsReadOnly => false;

    public ICollection<string> Keys => [.. Pairs().Select(static pair => pair.Key)];

    public ICollection<T> Values => [.. Pairs().Select(static pair => pair.Value)];

    public T this[string key]
    {
        get => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException("The map has no such key.");
        set
        {
            Made()[key] = kind.Write(value);
            owner.Changed(name);
        }
    }

    public void Add(string key, T value)
    {
        Made().Add(key, kind.Write(value));
        owner.Changed(name);
    }

    public void Add(KeyValuePair<string, T> item) => Add(item.Key, item.Value);

    public bool ContainsKey(string key) => Object?.ContainsKey(key) == true;

    public bool Contains(KeyValuePair<string, T> item) =>
        TryGetValue(item.Key, out var value) && EqualityComparer<T>.Default.Equals(value, item.Value);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
    {
        if (Object?[key] is { } node)
        {
            value = Read(node);
            return true;
        }

        value = default;
        return false;
    }

    public bool Remove(string key)
    {
        var removed = Object?.Remove(key) == true;
        if (removed)
            owner.Changed(name);
        return removed;
    }

    public bool Remove(KeyValuePair<string, T> item) => Contains(item) && Remove(item.Key);

    public void Clear()
    {
        owner.Json[name] = new JsonObject();
        owner.Changed(name);
    }

    public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex)
    {
        foreach (var pair in Pairs())
            array[arrayIndex++] = pair;
    }

    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => Pairs().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private JsonObject Made()
    {
        if (Object is { } there)
            return there;
        var made = new JsonObject();
        owner.Json[name] = made;
        return made;
    }

    private IEnumerable<KeyValuePair<string, T>> Pairs()
    {
        foreach (var (key, node) in Object ?? [])
        {
            if (node is not null)
                yield return new(key, Read(node));
        }
    }

    private T Read(JsonNode node)
    {
        var value = kind.Read(node, name);
        (value as WixMessage)?.Belong(owner, name);
        return value;
    }
}
