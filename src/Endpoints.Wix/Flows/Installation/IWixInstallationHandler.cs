namespace Endpoints.Wix;

/// <summary>Provides a handler that is notified of sites on which the app has been installed through <c>MapWixInstallation()</c>.</summary>
/// <remarks>
/// Several handlers can be registered with <c>builder.Services.AddWix(...).AddInstallationHandler&lt;Sites&gt;()</c>. They run one after
/// another, in the request in which the browser returns. An exception ends the request, and the handlers are notified again only if the
/// user repeats the installation: make sure that a handler can be notified of the same site twice. Sites that install the app in another
/// way, such as from Wix's App Market, are known only from webhooks.
/// </remarks>
public interface IWixInstallationHandler
{
    /// <summary>Handles the installation of the app on a site.</summary>
    /// <param name="installation">The installation, as confirmed by Wix.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests. It is canceled when the browser disconnects.</param>
    /// <returns>A task that represents the asynchronous operation.</returns>
    Task OnInstalledAsync(WixInstallation installation, CancellationToken cancellationToken);
}
