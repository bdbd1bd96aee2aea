using System.Text.Json.Serialization;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>Represents the app on a site on which it has just been installed.</summary>
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

    /// <summary>Gets the ID of the app's instance on the site, from the token for which the installation's code was exchanged.</summary>
    public string InstanceId { get; }

    /// <summary>Gets the ID of the site; <see langword="null"/> if Wix does not provide it.</summary>
    public string? SiteId { get; }

    /// <summary>
    /// Gets a client that calls Wix as the app on the site, until the handlers have finished. Each call leaves an audit record.
    /// </summary>
    public ElevatedWixClient Wix { get; }
}
