using System.Buffers.Text;
using System.ComponentModel;
using System.Text;
using System.Text.Json.Nodes;

namespace Endpoints.Wix;

/// <summary>Represents a request that a module's method makes of its arguments.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WixRequest
{
    /// <summary>Gets the request's message.</summary>
    public JsonObject Json { get; } = [];

    /// <summary>Puts a value at a path.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="path">The path of the field.</param>
    /// <param name="kind">How it is written.</param>
    /// <param name="value">The value.</param>
    public WixRequest Put<T>(string path, WixKind<T> kind, T value)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(kind);
        return PutNode(path, Copy(kind.Write(value)));
    }

    /// <summary>Puts a list at a path.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="path">The path of the field.</param>
    /// <param name="kind">How elements are written.</param>
    /// <param name="values">The elements.</param>
    public WixRequest PutList<T>(string path, WixKind<T> kind, IEnumerable<T> values)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(values);
        return PutNode(path, new JsonArray([.. values.Select(value => Copy(kind.Write(value)))]));
    }

    /// <summary>Puts a map at a path.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="path">The path of the field.</param>
    /// <param name="kind">How values are written.</param>
    /// <param name="values">The values by their names.</param>
    public WixRequest PutMap<T>(string path, WixKind<T> kind, IEnumerable<KeyValuePair<string, T>> values)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(values);
        return PutNode(path, new JsonObject([.. values.Select(pair => KeyValuePair.Create(pair.Key, Copy(kind.Write(pair.Value))))]));
    }

    /// <summary>Puts the members of a message at a path.</summary>
    /// <param name="path">The path; empty for the request itself.</param>
    /// <param name="message">The message; nothing is put for <see langword="null"/>.</param>
    public WixRequest Spread(string path, WixMessage? message)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (message is null)
            return this;
        var target = path.Length == 0 ? Json : Parent(path.Split('.'));
        foreach (var (name, node) in message.Json)
            target[name] = node?.DeepClone();
        return this;
    }

    /// <summary>Moves a member of a message to a path, if it is there.</summary>
    /// <param name="path">The path of the field.</param>
    /// <param name="message">The message.</param>
    /// <param name="name">The member's name.</param>
    public WixRequest Take(string path, WixMessage? message, string name)
    {
        ArgumentNullException.ThrowIfNull(path);
        return message?.Json.TryGetPropertyValue(name, out var node) == true ? PutNode(path, node?.DeepClone()) : this;
    }

    /// <summary>Gets the arguments that go into the path of the address.</summary>
    /// <param name="paths">The paths of the fields, in the order of the parameters.</param>
    /// <exception cref="ArgumentException">One has no value.</exception>
    public WixArguments Arguments(params ReadOnlySpan<string> paths)
    {
        var values = new string[paths.Length];
        for (var i = 0; i < paths.Length; i++)
        {
            JsonNode? node = Json;
            foreach (var name in paths[i].Split('.'))
                node = (node as JsonObject)?[name];
            values[i] = node switch
            {
                JsonValue value => value.ToString(),
                JsonArray { Count: > 0 } list => string.Join(',', list.Select(static one => one?.ToString())),
                _ => throw new ArgumentException($"The call needs the field '{paths[i]}': it is a part of the address."),
            };
        }

        return new(values);
    }

    /// <summary>Adds the request as parameters of the query string: a list is repeated, a member of a message has a dotted name.</summary>
    /// <param name="arguments">The arguments of the path.</param>
    public WixArguments Flat(WixArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        Flatten(arguments, "", Json);
        return arguments;
    }

    /// <summary>Adds the request as the parameter <c>.r</c> when a field of it can't be a parameter, and as parameters otherwise.</summary>
    /// <param name="arguments">The arguments of the path.</param>
    public WixArguments Packed(WixArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return Json.Any(
            static pair => pair.Value is JsonObject || (pair.Value as JsonArray)?.Any(static one => one is not JsonValue) == true)
            ? arguments.Query(".r", Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Json.ToJsonString())))
            : Flat(arguments);
    }

    // A message stays its owner's: the request has a copy.
    private static JsonNode? Copy(JsonNode? node) => node is JsonValue { Parent: null } ? node : node?.DeepClone();

    private WixRequest PutNode(string path, JsonNode? node)
    {
        var names = path.Split('.');
        Parent(names.AsSpan(..^1))[names[^1]] = node;
        return this;
    }

    private JsonObject Parent(ReadOnlySpan<string> names)
    {
        var target = Json;
        foreach (var name in names)
        {
            if (target[name] is not JsonObject next)
                target[name] = next = [];
            target = next;
        }

        return target;
    }

    private static void Flatten(WixArguments arguments, string prefix, JsonObject json)
    {
        foreach (var (name, node) in json)
        {
            switch (node)
            {
                case JsonObject inner:
                    Flatten(arguments, $"{prefix}{name}.", inner);
                    break;
                case JsonArray list:
                    foreach (var one in list)
                        arguments.Query(prefix + name, (one as JsonValue)?.ToString());
                    break;
                default:
                    arguments.Query(prefix + name, node?.ToString());
                    break;
            }
        }
    }
}
