using Endpoints.Wix.Apps;
using Endpoints.Wix.Elevation;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Starting;

/// <summary>Looks for endpoints that name a wrong app.</summary>
internal static class EndpointApps
{
    /// <summary>Returns what is wrong with the app that an endpoint names; <see langword="null"/> for nothing.</summary>
    public static string? Fault(Endpoint endpoint, WixApps apps)
    {
        var guards = endpoint.Metadata.GetMetadata<GuardedEndpoint>();
        foreach (var named in endpoint.Metadata.GetOrderedMetadata<WixAppAttribute>())
        {
            if (apps.Find(named.Name) is null)
                return $"[WixApp] on {endpoint.DisplayName}: {apps.Missing(named.Name)}";
            if (guards is not null && guards.App != named.Name)
            {
                return $"[WixApp] on {endpoint.DisplayName} names the app '{named.Name}', and its [Elevate] "
                    + $"{(guards.App is { } other ? $"the app '{other}'" : "none")}. Write [Elevate(..., App = \"{named.Name}\")], so that "
                    + "the guard lock has it, and remove [WixApp] where it differs.";
            }
        }

        return null;
    }
}
