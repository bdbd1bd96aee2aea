using System.Text.Json;
using System.Text.Json.Nodes;
using Endpoints.Wix.Messages;

namespace Endpoints.Wix;

/// <summary>Represents a message of Wix's API: typed properties over the JSON that it was read from, or that it will be sent as.</summary>
/// <remarks>
/// <para>
/// A property that was never set is absent, and one that is set to <see langword="null"/> is null: Wix leaves the first as it is in an
/// update, and clears the second. What the properties don't know stays in <see cref="Json"/>, and is sent back with the rest. Lists and
/// maps that are absent read as empty.
/// </para>
/// <para>A message that was received can be read by several threads at a time, as long as none writes. One with a parent is copied where it
/// becomes a part of another.</para>
/// </remarks>
public abstract class WixMessage
{
    private static readonly JsonObject NotYet = Unreadable();

    // Of a message in an answer that was only read: where it is. Its JSON is made of it when it is asked for.
    private WireValue _read;
    private JsonObject? _json;
    private View? _views;
    private WixMessage? _owner;
    private string? _place;
    private HashSet<string>? _changed;

    /// <summary>Initializes an empty message.</summary>
    protected WixMessage() => _json = [];

    /// <summary>Initializes a message over JSON. The JSON may be made later: don't read it in a constructor.</summary>
    /// <param name="json">The JSON, which the message reads and writes.</param>
    protected WixMessage(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        _json = json;
    }

    private protected WixMessage(WireValue value) => Stand(value);

    /// <summary>
    /// Gets the JSON as Wix writes it: for members that have no property yet, to remove one, or to see whether it is there.
    /// </summary>
    public JsonObject Json => Volatile.Read(ref _json) ?? Made();

    /// <summary>
    /// Gets what is locked to make views: one for all views of an answer, so that all of them learn of the JSON that is made of it.
    /// </summary>
    internal object Gate => _read.Document?.Gate ?? this;

    /// <summary>Returns the name of the message, and nothing of what it says.</summary>
    public override string ToString() => GetType().Name;

    /// <summary>Reads a member; <see langword="null"/> when it is absent or null.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="name">The member's name.</param>
    /// <param name="kind">How it is read.</param>
    /// <exception cref="FormatException">The member is something else.</exception>
    protected T? WireGet<T>(string name, WixKind<T> kind)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(kind);
        var value = Member(name, kind.IsNode);
        return value.IsThere ? kind.IsView ? Viewed(name, value, kind) : kind.Read(value, name) : null;
    }

    /// <summary>Reads a member; <see langword="null"/> when it is absent or null.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="name">The member's name.</param>
    /// <param name="kind">How it is read.</param>
    /// <exception cref="FormatException">The member is something else.</exception>
    protected T? WireGetValue<T>(string name, WixKind<T> kind)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(kind);
        return Member(name) is { IsThere: true } value ? kind.Read(value, name) : null;
    }

    /// <summary>Sets a member.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="name">The member's name.</param>
    /// <param name="kind">How it is written.</param>
    /// <param name="value">The value; <see langword="null"/> sets the member to null.</param>
    protected void WireSet<T>(string name, WixKind<T> kind, T? value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(kind);
        Put(name, value is null ? null : kind.Write(value));
    }

    /// <summary>Sets a member.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="name">The member's name.</param>
    /// <param name="kind">How it is written.</param>
    /// <param name="value">The value; <see langword="null"/> sets the member to null.</param>
    protected void WireSetValue<T>(string name, WixKind<T> kind, T? value)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(kind);
        Put(name, value is { } given ? kind.Write(given) : null);
    }

    /// <summary>Gets a list. It is a view: what is added to it is in the message.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="name">The member's name.</param>
    /// <param name="kind">How elements are read and written.</param>
    protected IList<T> WireList<T>(string name, WixKind<T> kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        if (Find(name, null) is { } found)
            return (IList<T>)found;
        lock (Gate)
            return (IList<T>)(Find(name, null) ?? Keep(name, null, new WireList<T>(this, name, kind)));
    }

    /// <summary>Gets a map. It is a view: what is added to it is in the message.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="name">The member's name.</param>
    /// <param name="kind">How values are read and written.</param>
    protected IDictionary<string, T> WireMap<T>(string name, WixKind<T> kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        if (Find(name, null) is { } found)
            return (IDictionary<string, T>)found;
        lock (Gate)
            return (IDictionary<string, T>)(Find(name, null) ?? Keep(name, null, new WireMap<T>(this, name, kind)));
    }

    /// <summary>Sets a list.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="name">The member's name.</param>
    /// <param name="kind">How elements are written.</param>
    /// <param name="values">The elements; <see langword="null"/> sets the member to null.</param>
    protected void WireSetList<T>(string name, WixKind<T> kind, IEnumerable<T>? values)
    {
        ArgumentNullException.ThrowIfNull(kind);
        Put(name, values is null ? null : new JsonArray([.. values.Select(kind.Write)]));
    }

    /// <summary>Sets a map.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="name">The member's name.</param>
    /// <param name="kind">How values are written.</param>
    /// <param name="values">The values by their names; <see langword="null"/> sets the member to null.</param>
    protected void WireSetMap<T>(string name, WixKind<T> kind, IEnumerable<KeyValuePair<string, T>>? values)
    {
        ArgumentNullException.ThrowIfNull(kind);
        Put(name, values is null
            ? null : new JsonObject([.. values.Select(pair => KeyValuePair.Create(pair.Key, kind.Write(pair.Value)))]));
    }

    /// <summary>Removes the members that can't be there beside one that is set.</summary>
    /// <param name="names">The names of the others.</param>
    protected void WireClear(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            Json.Remove(name);
    }

    /// <summary>Determines which of some members is set.</summary>
    /// <param name="names">The names of the members.</param>
    /// <returns>The name of the first; <see langword="null"/> for none.</returns>
    protected string? WireWhich(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Member(name).IsThere)
                return name;
        }

        return null;
    }

    /// <summary>Makes a message with what was set on this one since it was made or received.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="kept">The names of the members that go along in any case.</param>
    protected T WireChanges<T>(params ReadOnlySpan<string> kept)
        where T : WixMessage, IWixMessage<T>
    {
        var json = new JsonObject();
        foreach (var name in (IEnumerable<string>)[.. kept, .. _changed ?? []])
        {
            if (Json.TryGetPropertyValue(name, out var node))
                json[name] = node?.DeepClone();
        }

        return T.Create(json);
    }

    /// <summary>Makes a message over a value.</summary>
    /// <returns>The message; <see langword="null"/> if the value is no object.</returns>
    internal static T? Over<T>(WireValue value)
        where T : WixMessage, IWixMessage<T>
    {
        if (value.Kind != JsonValueKind.Object)
            return null;
        if (value.Node is JsonObject json)
            return T.Create(json);
        var message = T.Create(NotYet);
        message.Stand(value);
        return message;
    }

    /// <summary>Gets a member as it is.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="isNode"><see langword="true"/> if it has to be a node; otherwise, <see langword="false"/>.</param>
    internal WireValue Member(string name, bool isNode = false)
    {
        var json = isNode ? Json : Volatile.Read(ref _json);
        if (json is null)
            return _read.Member(name);
        lock (Gate)
        {
            // A node makes what is in it when that is asked for first, which two threads must not do at a time.
            var node = json[name];
            _ = node switch { JsonObject inner => inner.Count, JsonArray list => list.Count, _ => 0 };
            return node;
        }
    }

    internal void Changed(string name)
    {
        (_changed ??= new(StringComparer.Ordinal)).Add(name);
        _owner?.Changed(_place!); // they come together
    }

    internal void Belong(WixMessage owner, string place) => (_owner, _place) = (owner, place);

    /// <summary>Writes the message's JSON.</summary>
    internal void WriteTo(Utf8JsonWriter writer)
    {
        if (Volatile.Read(ref _json) is { } json)
        {
            json.WriteTo(writer);
            return;
        }

        using var read = JsonDocument.Parse(_read.Json);
        read.RootElement.WriteTo(writer);
    }

    /// <summary>Becomes a view over the JSON that its answer was made to, and so do the views that were made of it.</summary>
    internal void Become(JsonObject json)
    {
        for (var view = _views; view is not null; view = view.Before)
        {
            switch (view.Made)
            {
                case WixMessage message:
                    view.Node = json[view.Name];
                    message.Become((JsonObject)view.Node!); // it was an object
                    break;
                case IWireView list:
                    list.Become(json[view.Name]);
                    break;
            }
        }

        Volatile.Write(ref _json, json);
    }

    private static JsonObject Unreadable()
    {
        using var empty = JsonDocument.Parse("{}");
        return JsonObject.Create(empty.RootElement)!; // reading it throws from here on
    }

    private void Stand(WireValue value)
    {
        if (value is { Document: not null, Kind: JsonValueKind.Object })
            (_read, _json) = (value.Open(), null);
        else
            _json = value.Node as JsonObject ?? [];
    }

    private JsonObject Made()
    {
        lock (Gate)
        {
            if (_json is null && _owner is not null)
                _ = _owner.Json;
            if (_json is null)
                Become((JsonObject)_read.ToNode()!); // it is an object
            return _json!;
        }
    }

    private void Put(string name, JsonNode? node)
    {
        Json[name] = node;
        Changed(name);
    }

    private T? Viewed<T>(string name, WireValue value, WixKind<T> kind)
        where T : class
    {
        if (Find(name, value.Node) is T found)
            return found;
        lock (Gate)
        {
            value = Member(name);
            if (Find(name, value.Node) is T other)
                return other;
            var made = kind.Read(value, name);
            (made as WixMessage)?.Belong(this, name);
            return (T)Keep(name, value.Node, made);
        }
    }

    private object? Find(string name, JsonNode? node)
    {
        for (var view = Volatile.Read(ref _views); view is not null; view = view.Before)
        {
            if (view.Name == name)
                return ReferenceEquals(view.Node, node) ? view.Made : null;
        }

        return null;
    }

    private object Keep(string name, JsonNode? node, object made)
    {
        Volatile.Write(ref _views, new(name, made, Without(_views, name)) { Node = node });
        return made;
    }

    // A member that was replaced leaves no view behind.
    private static View? Without(View? views, string name)
    {
        for (var view = views; view is not null; view = view.Before)
        {
            if (view.Name == name)
                return views!.Name == name ? views.Before : new(views.Name, views.Made, Without(views.Before, name)) { Node = views.Node };
        }

        return views;
    }

    private sealed class View(string name, object made, View? before)
    {
        public string Name { get; } = name;

        public object Made { get; } = made;

        public View? Before { get; } = before;

        /// <summary>Gets or sets the node of a message; none for lists and maps, and as long as there are no nodes.</summary>
        public JsonNode? Node { get; set; }
    }
}
