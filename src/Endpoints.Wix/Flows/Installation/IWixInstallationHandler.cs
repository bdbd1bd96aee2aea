namespace Endpoints.Wix;

/// <summary>Hears of sites on which the app has been installed through <c>MapWixInstallation()</c>.</summary>
/// <remarks>
/// Register as many as you like: <c>builder.Services.AddWix(...).AddInstallationHandler&lt;Sites&gt;()</c>. They run one after the other, in the request in which the browser comes
/// back. What one throws ends the request, and the installation has to be begun again to be heard of again: make it safe to hear of a site twice. Sites that install the app in another
/// way, from Wix's App Market for one, are known from webhooks only.
/// </remarks>
public interface IWixInstallationHandler
{
    /// <summary>The app has been installed on a site.</summary>
    /// <param name="installation">Which; confirmed by Wix.</param>
    /// <param name="cancellationToken">The browser has left.</param>
    Task OnInstalledAsync(WixInstallation installation, CancellationToken cancellationToken);
}
