using System.Text.Json.Nodes;

namespace Endpoints.Wix.Messages;

/// <summary>Implemented by what is in a message and has views of its own.</summary>
internal interface IWireView
{
    /// <summary>Reads what is in it from the JSON that its answer was made to.</summary>
    void Become(JsonNode? json);
}
