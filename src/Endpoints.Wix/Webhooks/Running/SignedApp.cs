using System.Reflection;
using Endpoints.Wix.Apps;

namespace Endpoints.Wix.Webhooks.Running;

/// <summary>Determines which handlers and plugins are an app's: those that name it, and those that name none.</summary>
internal static class SignedApp
{
    /// <summary>Returns the name of the app that a handler or plugin names; <see langword="null"/> for none.</summary>
    public static string? NameOf(Type type) => type.GetCustomAttribute<WixAppAttribute>()?.Name;

    /// <exception cref="InvalidOperationException">The type names an app that there isn't.</exception>
    public static bool Has(WixApps apps, WixApp app, Type type)
    {
        if (NameOf(type) is not { } name)
            return true;
        return (apps.Find(name) ?? throw new InvalidOperationException($"[WixApp] on {type}: {apps.Missing(name)}")) == app;
    }
}
