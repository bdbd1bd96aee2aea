using System.Text.Json;
using System.Text.Json.Serialization;

namespace Endpoints.Wix.Tests.Surfaces.Identities;

/// <summary>An application's own context, written by the compiler.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IdentityTests.Worded))]
internal sealed partial class WordedContext : JsonSerializerContext;
