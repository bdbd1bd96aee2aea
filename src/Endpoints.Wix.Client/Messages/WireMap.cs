using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Messages;

/// <summary>A map in a message: empty as long as it is not there, and there as soon as something is added.</summary>
internal sealed class WireMap<T>(WixMessage owner, string name, WixKind<T> kind) : IDictionary<string, T>
{
    private WireValue Whole
    {
        get
        {
            var value = owner.Member(name, kind.IsNode || kind.IsView);
            return !value.IsThere || value.Kind == JsonValueKind.Object
                ? value.Open() : throw new FormatException($"Wix's member '{name}' isn't a map.");
        }
    }

    public int Count => Whole is var whole && whole.Document is { } document
        ? document.Within(whole.Row).Length : (whole.Node as JsonObject)?.Count ?? 0;

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

    public bool ContainsKey(string key) => Whole is var whole && whole.Document is null
        ? (whole.Node as JsonObject)?.ContainsKey(key) == true : whole.Member(key).Kind != JsonValueKind.Undefined;

    public bool Contains(KeyValuePair<string, T> item) =>
        TryGetValue(item.Key, out var value) && EqualityComparer<T>.Default.Equals(value, item.Value);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
    {
        if (Whole.Member(key) is { IsThere: true } found)
        {
            value = Read(found);
            return true;
        }

        value = default;
        return false;
    }

    public bool Remove(string key)
    {
        var removed = ContainsKey(key) && Made().Remove(key);
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
        if (Whole.IsThere)
            return (JsonObject)owner.Json[name]!; // it is one
        var made = new JsonObject();
        owner.Json[name] = made;
        return made;
    }

    private IEnumerable<KeyValuePair<string, T>> Pairs()
    {
        var whole = Whole;
        if (whole.Document is { } document)
        {
            foreach (var row in document.Within(whole.Row).Where(row => document.Kind(row) != JsonValueKind.Null))
                yield return new(document.Name(row), Read(new(document, row)));
            yield break;
        }

        foreach (var (key, node) in whole.Node as JsonObject ?? [])
        {
            if (node is not null)
                yield return new(key, Read(node));
        }
    }

    private T Read(WireValue value)
    {
        var read = kind.Read(value, name);
        (read as WixMessage)?.Belong(owner, name);
        return read;
    }
}
