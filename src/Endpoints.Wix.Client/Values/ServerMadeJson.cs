using System.Text.Json;

namespace Endpoints.Wix.Values;

/// <summary>Reports that a type is created by the server alone, in the way a serializer reports any error in its JSON.</summary>
/// <remarks>
/// Such types have no constructor that a binder or another serializer calls. System.Text.Json is told to call one that says so, or has a
/// converter that does; without it the serializer would find fault with the type, and the answer would be 500. How callers are written is
/// left to it.
/// </remarks>
internal static class ServerMadeJson
{
    public const string Refusal = "The server makes this value. It can't be sent.";

    /// <summary>Returns the exception for JSON that is to be read as such a type.</summary>
    public static JsonException NotRead() => new(Refusal);

    /// <summary>
    /// Ensures that an instance without an identity is of a derived type, which is a mock. The server creates all instances of the type
    /// itself, and none without an identity.
    /// </summary>
    /// <exception cref="FormatException">It is one of the type itself, made by a serializer that calls constructors of any access. Those
    /// take this for a fault of what they were given.</exception>
    public static void DemandDerived(object made, Type type)
    {
        if (made.GetType() == type)
            throw new FormatException(Refusal);
    }
}
