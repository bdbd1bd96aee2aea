using System.Text.Json;

namespace Endpoints.Wix.Binding;

/// <summary>Types that say who somebody is or what was granted, which the server makes and no client can.</summary>
/// <remarks>
/// They have no constructor that a binder or another serializer calls. System.Text.Json is told to call one that says so, or has a converter that does, as any fault of
/// the client's JSON is said; without it the serializer would find fault with the type, and the answer would be 500. How callers are written is left to it.
/// </remarks>
internal static class ServerMade
{
    public const string Refusal = "The server makes this value. It can't be sent.";

    /// <summary>What is thrown where JSON is to be read to such a type.</summary>
    public static JsonException NotRead() => new(Refusal);

    /// <summary>Whether the request's services have the true one of a type.</summary>
    public static bool IsService(Type type) => type.IsAssignableTo(typeof(WixApiClient)) || type.IsAssignableTo(typeof(WixModule)) || type == typeof(WixAuth);

    /// <summary>Whether there is no true one to give to a parameter.</summary>
    public static bool IsRefused(Type type) =>
        type == typeof(AccessToken) || type == typeof(Secret) || type == typeof(ElevationCheckContext) || type == typeof(WixInstallation) || type == typeof(WixResponse);

    /// <summary>Whether a type is one of these.</summary>
    public static bool Is(Type type) => type == typeof(Caller) || IsService(type) || IsRefused(type);
}
