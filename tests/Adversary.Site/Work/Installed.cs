using Endpoints.Wix;

namespace Adversary.Site.Work;

/// <summary>Hears of installations.</summary>
internal sealed class Installed : IWixInstallationHandler
{
    public Task OnInstalledAsync(WixInstallation installation, CancellationToken cancellationToken) =>
        installation.Wix.SiteProperties.GetSitePropertiesAsync(cancellationToken: cancellationToken);
}
