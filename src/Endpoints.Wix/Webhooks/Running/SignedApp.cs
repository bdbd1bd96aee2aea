using System.Reflection;
using Endpoints.Wix.Apps;

namespace Endpoints.Wix.Webhooks.Running;

/// <summary>Determines which handlers and plugins are an app's: those that name it, and those that name none.</summary>
internal static class SignedApp
{
    /// <exception cref="InvalidOperationException">The type names an app that there isn't.</exception>
    public static bool Has(WixApps apps, WixApp app, Type type)
    {
        if (type.GetCustomAttribute<WixAppAttribute>()?.Name is not { } name)
            return true;
        return (apps.Find(name) ?? throw new InvalidOperationException($"[WixApp] on {type}: {apps.Missing(name)}")) == app;
    }
}
