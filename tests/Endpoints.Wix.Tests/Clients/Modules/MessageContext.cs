using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Endpoints.Wix.Tests.Clients.Modules;

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class MessageContext : JsonSerializerContext;
