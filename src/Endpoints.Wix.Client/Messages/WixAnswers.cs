using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
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
        where T : WixMessage, IWixMessage<T> => new AnswerSerializer<T>(WixMessage.Over<T>);

    /// <summary>Returns the serializer of answers of which one member counts.</summary>
    /// <typeparam name="T">The type of the member.</typeparam>
    /// <param name="path">The member's name, or its path.</param>
    /// <param name="kind">How it is read.</param>
    public static WixSerializer<T> Member<T>(string path, WixKind<T> kind)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(kind);
        var names = path.Split('.');
        return new AnswerSerializer<T>(root => At(root, names) is { IsThere: true } value ? kind.Read(value, path) : default);
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
            new AnswerRoot(At(root, names.AsSpan(..^1))).List(names[^1], kind));
    }

    /// <summary>Keeps what was made first.</summary>
    /// <typeparam name="T">The type of what is made.</typeparam>
    /// <param name="place">Where it is kept.</param>
    /// <param name="made">What was made.</param>
    /// <returns>What is kept.</returns>
    public static T Kept<T>([NotNull] ref T? place, T made)
        where T : class
    {
        Interlocked.CompareExchange(ref place, made, null);
        return place!; // there by now
    }

    private static WireValue At(WireValue value, ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            value = value.Member(name);
        return value;
    }

    private sealed class AnswerRoot(WireValue value) : WixMessage(value)
    {
        public IList<T> List<T>(string name, WixKind<T> kind) => WireList(name, kind);
    }
}
