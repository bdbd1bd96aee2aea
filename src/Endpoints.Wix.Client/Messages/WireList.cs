using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Messages;

/// <summary>A list in a message: empty as long as it is not there, and there as soon as something is added.</summary>
internal sealed class WireList<T>(WixMessage owner, string name, WixKind<T> kind) : IList<T>, IReadOnlyList<T>, IWireView
{
    // Of a received list, the same elements every time.
    private T?[] _made = [];
    private JsonNode?[] _from = [];
    private WireValue[]? _elements; // of a list in an answer

    public int Count => Whole is var whole && whole.Document is null ? (whole.Node as JsonArray)?.Count ?? 0 : Elements(whole).Length;

    private WireValue Whole
    {
        get
        {
            var value = kind.IsNode ? owner.Json[name] : owner.Member(name);
            return !value.IsThere ? default : value.Kind == JsonValueKind.Array
                ? value : throw new FormatException($"Wix's member '{name}' isn't a list.");
        }
    }

    private JsonArray? Array => Whole.IsThere ? (JsonArray?)owner.Json[name] : null;

    public bool IsReadOnly => false;

    public T this[int index]
    {
        get
        {
            var whole = Whole;
            return whole.Document is null ? Read(whole.Node as JsonArray ?? throw Outside(nameof(index)), index) : Read(whole, index);
        }

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
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Become(JsonNode? json)
    {
        if (json is not JsonArray array || _made.Length != array.Count)
            return;
        var from = new JsonNode?[array.Count];
        for (var i = 0; i < from.Length; i++)
        {
            if (_made[i] is WixMessage message)
                message.Become((JsonObject)(from[i] = array[i])!); // it was an object
        }

        _from = from;
    }

    private WireValue[] Elements(WireValue whole)
    {
        if (_elements is { } known)
            return known;
        var (document, list) = whole.Document!.Open(whole.Row); // asked of an answer's only
        return _elements = [.. document.Within(list).Select(row => new WireValue(document, row))];
    }

    private T Read(WireValue whole, int index)
    {
        var elements = Elements(whole);
        if ((uint)index >= (uint)elements.Length)
            throw new ArgumentOutOfRangeException(nameof(index), "The list has fewer elements.");
        var value = elements[index];
        if (!value.IsThere)
            throw HasNull();
        if (!kind.IsView)
            return kind.Read(value, name);
        var made = _made;
        if (made.Length == elements.Length && made[index] is { } found)
            return found;
        lock (owner.Gate)
        {
            if (Whole.Node is JsonArray array)
                return Read(array, index);
            if (_made.Length != elements.Length)
                _made = new T?[elements.Length];
            if (_made[index] is { } other)
                return other;
            var read = kind.Read(value, name);
            (read as WixMessage)?.Belong(owner, name);
            return _made[index] = read;
        }
    }

    private T Read(JsonArray array, int index)
    {
        var node = array[index] ?? throw HasNull();
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

    private FormatException HasNull() => new($"Wix's list '{name}' has a null in it.");

    private static ArgumentOutOfRangeException Outside(string parameter) => new(parameter, "The list is empty.");
}
