using System.ComponentModel.DataAnnotations;
using Endpoints.Wix.Options;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix;

/// <summary>How a program is known to Wix, and how long it waits for Wix.</summary>
/// <remarks>
/// Settings are read when the application starts. <see cref="ClientSecret"/> and <see cref="ApiKey"/> follow the configuration while it runs, so that
/// they can be rotated. A change that names another app, site, account or address, or that is not valid, is logged, and nothing of it is used.
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
    /// The app's instance on the site that this application belongs to, for elevation where the caller has no token, or one of this site that names none. Not needed
    /// for a headless project, nor for an app whose callers all come from dashboards. Setting <c>Wix:InstanceId</c>, or
    /// <c>WIX_CLIENT_INSTANCE_ID</c>.
    /// </summary>
    public string? InstanceId { get; set; }

    /// <summary>
    /// An API key of the Wix account, for <see cref="AdminWixClient"/>; not needed for anything else. Setting <c>Wix:ApiKey</c>, or <c>WIX_API_KEY</c>.
    /// </summary>
    public WixSecret? ApiKey { get; set; }

    /// <summary>
    /// The site that <see cref="AdminWixClient"/> calls for; <see cref="AdminWixClient.ForSite"/> names others. Setting <c>Wix:SiteId</c>, or <c>WIX_SITE_ID</c>.
    /// </summary>
    public string? SiteId { get; set; }

    /// <summary>
    /// The account that the API key belongs to, for <see cref="AdminWixClient.ForAccount"/>. Setting <c>Wix:AccountId</c>, or <c>WIX_ACCOUNT_ID</c>.
    /// </summary>
    public string? AccountId { get; set; }

    /// <summary>
    /// Where Wix's API is: scheme, host and port, without a path. <c>https://www.wixapis.com</c> by default; plain <c>http</c> is
    /// accepted for a loopback address only, such as an emulator's. Tokens are sent to this origin and nowhere else.
    /// </summary>
    public Uri ApiBaseAddress { get; set; } = new("https://www.wixapis.com");

    /// <summary>
    /// Gets or sets a function that configures the handler that all calls to Wix go through, for a proxy, a client certificate or a test double: it gets the library's own handler, and returns
    /// it or another in its place, which is disposed of with the application. It is the only way in: what the application sets up for clients of <c>IHttpClientFactory</c> does not reach these calls,
    /// nor does the proxy of the environment. Redirects, cookies and credentials stay off whatever it sets. Null by default.
    /// </summary>
    public Func<SocketsHttpHandler, HttpMessageHandler>? HttpHandler { get; set; }

    /// <summary>Gets how long the program waits for Wix, how often it tries again, and how long it leaves Wix alone.</summary>
    [ValidateObjectMembers(typeof(WixResilienceOptionsRanges))]
    public WixResilienceOptions Resilience { get; } = new();

    /// <summary>
    /// How long before its expiry a token may be renewed; for one that lives shorter than twice this, from half its life. The moment is drawn by chance
    /// from the first fifth of that time, so that instances and nodes don't ask Wix all at once. From zero to 1 hour; 5 minutes by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RenewBefore { get; set; } = TimeSpan.FromMinutes(5);
}
