using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Endpoints.Wix.Messages;

/// <summary>A list in a message: empty as long as it is not there, and there as soon as something is added.</summary>
internal sealed class WireList<T>(WixMessage owner, string name, WixKind<T> kind) : IList<T>, IReadOnlyList<T>, IWireView
{
    // Of a received list, the same elements every time.
    private Views _views = new(0);
    private WireValue[]? _elements; // of a list in an answer

    public int Count => Whole is var whole && whole.Document is null ? (whole.Node as JsonArray)?.Count ?? 0 : Elements(whole).Length;

    private WireValue Whole
    {
        get
        {
            var value = owner.Member(name, kind.IsNode);
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
        if (json is not JsonArray array || _views.Made.Length != array.Count)
            return;
        for (var i = 0; i < array.Count; i++)
        {
            if (_views.Made[i] is WixMessage message)
                message.Become((JsonObject)(_views.From[i] = array[i])!); // it was an object
        }
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
        var views = Volatile.Read(ref _views);
        if (views.Made.Length == elements.Length && views.Made[index] is { } found)
            return found;
        lock (owner.Gate)
        {
            if (Whole.Node is JsonArray array)
                return Read(array, index);
            views = Of(elements.Length);
            if (views.Made[index] is { } other)
                return other;
            var made = Made(value);
            views.Made[index] = made;
            return made;
        }
    }

    private T Read(JsonArray array, int index)
    {
        var node = array[index] ?? throw HasNull();
        if (!kind.IsView)
            return kind.Read(node, name);
        var views = Volatile.Read(ref _views);
        if (views.Made.Length == array.Count && ReferenceEquals(Volatile.Read(ref views.From[index]), node)
            && views.Made[index] is { } found)
            return found;
        lock (owner.Gate)
        {
            views = Of(array.Count);
            if (ReferenceEquals(views.From[index], node) && views.Made[index] is { } other)
                return other;
            var made = Made(node);
            views.Made[index] = made;
            Volatile.Write(ref views.From[index], node);
            return made;
        }
    }

    private T Made(WireValue value)
    {
        var made = kind.Read(value, name);
        (made as WixMessage)?.Belong(owner, name);
        return made;
    }

    // Called with the lock. Where the list has become another one, its views are others.
    private Views Of(int count)
    {
        if (_views.Made.Length != count)
            Volatile.Write(ref _views, new(count));
        return _views;
    }

    private FormatException HasNull() => new($"Wix's list '{name}' has a null in it.");

    private static ArgumentOutOfRangeException Outside(string parameter) => new(parameter, "The list is empty.");

    private sealed class Views(int count)
    {
        public T?[] Made { get; } = new T?[count];

        /// <summary>Gets the nodes that they were made of; none for elements of which there are no nodes yet.</summary>
        public JsonNode?[] From { get; } = new JsonNode?[count];
    }
}
