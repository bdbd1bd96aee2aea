using System.ComponentModel;
using System.Text.Json.Nodes;
using Endpoints.Wix.Messages;

namespace Endpoints.Wix;

/// <summary>Provides the serializers of the modules' requests and answers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WixAnswers
{
    /// <summary>Gets the serializer of requests.</summary>
    public static WixSerializer<JsonObject> Request { get; } = new RequestSerializer();

    /// <summary>Returns the serializer of answers that are a message.</summary>
    /// <typeparam name="T">The message.</typeparam>
    public static WixSerializer<T> Whole<T>()
        where T : WixMessage, IWixMessage<T> => new AnswerSerializer<T>(static root => T.Create(root));

    /// <summary>Returns the serializer of answers of which one member counts.</summary>
    /// <typeparam name="T">The type of the member.</typeparam>
    /// <param name="path">The member's name, or its path.</param>
    /// <param name="kind">How it is read.</param>
    public static WixSerializer<T> Member<T>(string path, WixKind<T> kind)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(kind);
        return new AnswerSerializer<T>(root => At(root, path.Split('.')) is { } node ? kind.Read(node, path) : default);
    }

    /// <summary>Returns the serializer of answers of which one list counts. One that is absent is empty.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="path">The list's name, or its path.</param>
    /// <param name="kind">How elements are read.</param>
    public static WixSerializer<IList<T>> List<T>(string path, WixKind<T> kind)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(kind);
        var names = path.Split('.');
        return new AnswerSerializer<IList<T>>(root =>
            new WireList<T>(new AnswerRoot(At(root, names.AsSpan(..^1)) as JsonObject ?? []), names[^1], kind));
    }

    private static JsonNode? At(JsonNode? node, ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            node = (node as JsonObject)?[name];
        return node;
    }

    private sealed class AnswerRoot(JsonObject json) : WixMessage(json);
}
