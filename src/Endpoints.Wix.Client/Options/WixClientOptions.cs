using System.ComponentModel.DataAnnotations;
using Endpoints.Wix.Options;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix;

/// <summary>Provides the settings that identify a program to Wix and determine how long it waits for Wix.</summary>
/// <remarks>
/// Settings are read when the application starts. <see cref="ClientSecret"/> and <see cref="ApiKey"/> follow the configuration while it
/// runs, so that they can be rotated. A change that names another app, site, account or address, or that is not valid, is logged, and
/// nothing of it is used.
/// </remarks>
public class WixClientOptions
{
    /// <summary>
    /// Gets or sets the app's client id, which Wix also calls app id. Setting <c>Wix:ClientId</c>, or <c>WIX_CLIENT_ID</c>.
    /// </summary>
    public string? ClientId { get; set; }

    /// <summary>Gets or sets the app's secret. Setting <c>Wix:ClientSecret</c>, or <c>WIX_CLIENT_SECRET</c>.</summary>
    public WixSecret? ClientSecret { get; set; }

    /// <summary>
    /// Gets or sets the app's instance on the site that this application belongs to. It is used for elevation if the caller has no token,
    /// or a token of this site that names no instance. A headless project does not need it, nor does an app whose callers all come from
    /// dashboards. Setting <c>Wix:InstanceId</c>, or <c>WIX_CLIENT_INSTANCE_ID</c>.
    /// </summary>
    public string? InstanceId { get; set; }

    /// <summary>
    /// Gets or sets an API key of the Wix account, for <see cref="AdminWixClient"/>. Nothing else needs it. Setting <c>Wix:ApiKey</c>, or
    /// <c>WIX_API_KEY</c>.
    /// </summary>
    public WixSecret? ApiKey { get; set; }

    /// <summary>
    /// Gets or sets the site that <see cref="AdminWixClient"/> calls for. <see cref="AdminWixClient.ForSite"/> names other sites. Setting
    /// <c>Wix:SiteId</c>, or <c>WIX_SITE_ID</c>.
    /// </summary>
    public string? SiteId { get; set; }

    /// <summary>
    /// Gets or sets the account that the API key belongs to, for <see cref="AdminWixClient.ForAccount"/>. Setting <c>Wix:AccountId</c>, or
    /// <c>WIX_ACCOUNT_ID</c>.
    /// </summary>
    public string? AccountId { get; set; }

    /// <summary>
    /// Gets or sets the base address of Wix's API: scheme, host and port, without a path. The default is <c>https://www.wixapis.com</c>.
    /// Plain <c>http</c> is accepted only for a loopback address, such as an emulator's. Tokens are sent to this origin and nowhere else.
    /// </summary>
    public Uri ApiBaseAddress { get; set; } = new("https://www.wixapis.com");

    /// <summary>
    /// Gets or sets a function that configures the handler of all calls to Wix, for a proxy, a client certificate or a test double. It
    /// receives the library's own handler, and returns that handler or a replacement, which is disposed of with the application. No other
    /// configuration reaches these calls: neither what the application sets up for clients of <c>IHttpClientFactory</c>, nor the proxy of
    /// the environment. Redirects, cookies and credentials stay off whatever the function sets. The default is <see langword="null"/>.
    /// </summary>
    public Func<SocketsHttpHandler, HttpMessageHandler>? HttpHandler { get; set; }

    /// <summary>Gets the settings for timeouts, retries and circuit breakers of calls to Wix.</summary>
    [ValidateObjectMembers(typeof(WixResilienceOptionsRanges))]
    public WixResilienceOptions Resilience { get; } = new();

    /// <summary>
    /// Gets or sets how long before its expiry a token may be renewed. A token whose lifetime is shorter than twice this value may be
    /// renewed from half its lifetime on. The moment is random within the first fifth of that time, so that instances and nodes don't all
    /// ask Wix at once. From zero to 1 hour. The default is 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RenewBefore { get; set; } = TimeSpan.FromMinutes(5);
}
