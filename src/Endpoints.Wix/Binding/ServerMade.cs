
namespace Endpoints.Wix.Binding;

/// <summary>Types that say who somebody is or what was granted, which the server makes and no client can.</summary>
internal static class ServerMade
{
    /// <summary>Whether the request's services have the true one of a type.</summary>
    public static bool IsService(Type type) => type.IsAssignableTo(typeof(WixApiClient)) || type.IsAssignableTo(typeof(WixModule)) || type.IsAssignableTo(typeof(WixAuth));

    /// <summary>Whether there is no true one to give to a parameter.</summary>
    public static bool IsRefused(Type type) =>
        type == typeof(WixChannel) || type == typeof(AccessToken) || type == typeof(WixSecret) || type == typeof(ElevationCheckContext) || type == typeof(WixInstallation) || type == typeof(WixResponse);

    /// <summary>Whether a type is one of these.</summary>
    public static bool Is(Type type) => type == typeof(Caller) || IsService(type) || IsRefused(type);
}
