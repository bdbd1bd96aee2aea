using System.Text.Json.Nodes;

namespace Endpoints.Wix;

/// <summary>Implemented by a message, so that it can be made over JSON.</summary>
/// <typeparam name="TSelf">The message.</typeparam>
public interface IWixMessage<TSelf>
    where TSelf : WixMessage, IWixMessage<TSelf>
{
    /// <summary>Makes a message over JSON. It reads and writes the object that it is given, not a copy.</summary>
    /// <param name="json">The JSON.</param>
    static abstract TSelf Create(JsonObject json);
}
