using System.Collections;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Messages;

/// <summary>A list in a message: empty as long as it is not there, and there as soon as something is added.</summary>
internal sealed class WireList<T>(WixMessage owner, string name, WixKind<T> kind) : IList<T>, IReadOnlyList<T>
{
    // Of a received list, the same elements every time.
    private T?[] _made = [];
    private JsonNode?[] _from = [];

    private JsonArray? Array => owner.Json[name] switch
    {
        null => null,
        JsonArray array => array,
        _ => throw new FormatException($"Wix's member '{name}' isn't a list."),
    };

    public int Count => Array?.Count ?? 0;

    public bool IsReadOnly => false;

    public T this[int index]
    {
        get => Read(Array ?? throw Outside(nameof(index)), index);
        set
        {
            (Array ?? throw Outside(nameof(index)))[index] = kind.Write(value);
            owner.Changed(name);
        }
    }

    public void Add(T item) => Insert(Count, item);

    public void Insert(int index, T item)
    {
        var array = Array;
        if (array is null)
            owner.Json[name] = array = [];
        array.Insert(index, kind.Write(item));
        owner.Changed(name);
    }

    public void RemoveAt(int index)
    {
        (Array ?? throw Outside(nameof(index))).RemoveAt(index);
        owner.Changed(name);
    }

    public bool Remove(T item)
    {
        var index = IndexOf(item);
        if (index >= 0)
            RemoveAt(index);
        return index >= 0;
    }

    public void Clear()
    {
        owner.Json[name] = new JsonArray();
        owner.Changed(name);
    }

    public int IndexOf(T item)
    {
        for (var i = 0; i < Count; i++)
        {
            if (EqualityComparer<T>.Default.Equals(this[i], item))
                return i;
        }

        return -1;
    }

    public bool Contains(T item) => IndexOf(item) >= 0;

    public void CopyTo(T[] array, int arrayIndex)
    {
        foreach (var item in this)
            array[arrayIndex++] = item;
    }

    public IEnumerator<T> GetEnumerator()
    {
        if (Array is not { } array)
            yield break;
        for (var i = 0; i < array.Count; i++)
            yield return Read(array, i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private T Read(JsonArray array, int index)
    {
        var node = array[index] ?? throw new FormatException($"Wix's list '{name}' has a null in it.");
        if (!kind.IsView)
            return kind.Read(node, name);
        var (made, from) = (_made, _from);
        if (made.Length != array.Count || from.Length != array.Count)
            (_made, _from) = (made, from) = (new T?[array.Count], new JsonNode?[array.Count]);
        if (ReferenceEquals(Volatile.Read(ref from[index]), node) && made[index] is { } found)
            return found;
        var value = kind.Read(node, name);
        (value as WixMessage)?.Belong(owner, name);
        made[index] = value;
        Volatile.Write(ref from[index], node);
        return value;
    }

    private static ArgumentOutOfRangeException Outside(string parameter) => new(parameter, "The list is empty.");
}
