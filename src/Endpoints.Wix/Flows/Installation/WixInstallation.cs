using System.Text.Json.Serialization;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>The app on a site where it has just been installed.</summary>
public sealed class WixInstallation
{
    internal WixInstallation(ServersWord byServer, string instanceId, string? siteId, ElevatedWixClient wix)
    {
        _ = byServer;
        InstanceId = instanceId;
        SiteId = siteId;
        Wix = wix;
    }

    [JsonConstructor]
    private WixInstallation(string? siteId) => throw ServerMadeJson.NotRead();

    /// <summary>The app's instance on the site, as Wix names it in the token that the installation's code was exchanged for.</summary>
    public string InstanceId { get; }

    /// <summary>The site; null when Wix does not say.</summary>
    public string? SiteId { get; }

    /// <summary>Wix as the app sees it on the site, until the handlers have finished. Each call leaves an audit record.</summary>
    public ElevatedWixClient Wix { get; }
}
