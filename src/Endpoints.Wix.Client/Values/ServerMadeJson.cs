using System.Text.Json;

namespace Endpoints.Wix.Values;

/// <summary>Says that a type is made by the server alone, as a serializer says any fault of the JSON that it was given.</summary>
/// <remarks>
/// Such types have no constructor that a binder or another serializer calls. System.Text.Json is told to call one that says so, or has a converter that does; without it the serializer would find
/// fault with the type, and the answer would be 500. How callers are written is left to it.
/// </remarks>
internal static class ServerMadeJson
{
    public const string Refusal = "The server makes this value. It can't be sent.";

    /// <summary>What is thrown where JSON is to be read to such a type.</summary>
    public static JsonException NotRead() => new(Refusal);
}
