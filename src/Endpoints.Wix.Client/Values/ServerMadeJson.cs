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

    /// <summary>Makes sure that a value which is made without an identity is one of a derived type, a mock: of the type itself the server makes all, and none without.</summary>
    /// <exception cref="FormatException">It is one of the type itself, made by a serializer that calls constructors of any access. Those take this for a fault of what they were given.</exception>
    public static void DemandDerived(object made, Type type)
    {
        if (made.GetType() == type)
            throw new FormatException(Refusal);
    }
}
