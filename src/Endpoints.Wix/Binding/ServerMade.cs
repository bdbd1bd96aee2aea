
namespace Endpoints.Wix.Binding;

/// <summary>Identifies the types that represent callers or grants, which only the server can create.</summary>
internal static class ServerMade
{
    /// <summary>Determines whether the request's services provide the genuine instance of a type.</summary>
    public static bool IsService(Type type) =>
        type.IsAssignableTo(typeof(WixApiClient)) || type.IsAssignableTo(typeof(WixModule)) || type.IsAssignableTo(typeof(WixAuth));

    /// <summary>Determines whether there is no genuine instance that a parameter could receive.</summary>
    public static bool IsRefused(Type type) =>
        type == typeof(WixChannel) || type == typeof(AccessToken) || type == typeof(WixSecret) || type == typeof(ElevationCheckContext)
            || type == typeof(WixInstallation) || type == typeof(WixResponse);

    /// <summary>Determines whether only the server can create a type.</summary>
    public static bool Is(Type type) => type == typeof(Caller) || IsService(type) || IsRefused(type);
}
