using System.ComponentModel;
using System.Text.Json.Nodes;
using Endpoints.Wix.Messages;

namespace Endpoints.Wix;

/// <summary>Reads and writes a kind of value in a message's JSON. For the messages themselves: see <see cref="WixKinds"/>.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class WixKind<T>
{
    private protected WixKind()
    {
    }

    /// <summary>Gets a value that indicates whether a value reads and writes the JSON that it was read from.</summary>
    internal virtual bool IsView => false;

    /// <summary>Gets a value that indicates whether a value is a node, which has to be the message's own.</summary>
    internal virtual bool IsNode => false;

    /// <exception cref="FormatException">The JSON is no such value.</exception>
    internal abstract T Read(WireValue value, string name);

    internal abstract JsonNode? Write(T value);

    private protected static FormatException Wrong(string name, string what) => new($"Wix's member '{name}' isn't {what}.");
}
