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
    private View? _views;
    private WixMessage? _owner;
    private string? _place;
    private HashSet<string>? _changed;

    /// <summary>Initializes an empty message.</summary>
    protected WixMessage() => Json = [];

    /// <summary>Initializes a message over JSON.</summary>
    /// <param name="json">The JSON, which the message reads and writes.</param>
    protected WixMessage(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        Json = json;
    }

    /// <summary>
    /// Gets the JSON as Wix writes it: for members that have no property yet, to remove one, or to see whether it is there.
    /// </summary>
    public JsonObject Json { get; }

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
        return Json[name] is { } node ? kind.IsView ? Cached(name, node, kind) : kind.Read(node, name) : null;
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
        return Json[name] is { } node ? kind.Read(node, name) : null;
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
    protected IList<T> WireList<T>(string name, WixKind<T> kind) =>
        (IList<T>)(Find(name, null) ?? Keep(name, null, new WireList<T>(this, name, kind)));

    /// <summary>Gets a map. It is a view: what is added to it is in the message.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="name">The member's name.</param>
    /// <param name="kind">How values are read and written.</param>
    protected IDictionary<string, T> WireMap<T>(string name, WixKind<T> kind) =>
        (IDictionary<string, T>)(Find(name, null) ?? Keep(name, null, new WireMap<T>(this, name, kind)));

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
            if (Json[name] is not null)
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

    internal void Changed(string name)
    {
        (_changed ??= new(StringComparer.Ordinal)).Add(name);
        _owner?.Changed(_place!); // they come together
    }

    internal void Belong(WixMessage owner, string place) => (_owner, _place) = (owner, place);

    private void Put(string name, JsonNode? node)
    {
        Json[name] = node;
        Changed(name);
    }

    private T Cached<T>(string name, JsonNode node, WixKind<T> kind)
        where T : class
    {
        if (Find(name, node) is T found)
            return found;
        var made = kind.Read(node, name);
        (made as WixMessage)?.Belong(this, name);
        return (T)Keep(name, node, made);
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
        while (true)
        {
            var views = Volatile.Read(ref _views);
            if (Find(name, node) is { } other)
                return other;
            if (Interlocked.CompareExchange(ref _views, new(name, node, made, Without(views, name)), views) == views)
                return made;
        }
    }

    // A member that was replaced leaves no view behind.
    private static View? Without(View? views, string name)
    {
        for (var view = views; view is not null; view = view.Before)
        {
            if (view.Name == name)
                return views!.Name == name ? views.Before : new(views.Name, views.Node, views.Made, Without(views.Before, name));
        }

        return views;
    }

    private sealed record View(string Name, JsonNode? Node, object Made, View? Before);
}
