using System.ComponentModel.DataAnnotations;

namespace Endpoints.Wix;

/// <summary>
/// Provides the settings for events and service plugin calls, which Wix signs and sends to the application. Setting <c>Wix:Events</c>.
/// </summary>
/// <remarks>
/// The paths and the limit are read when the application starts. Everything else follows the configuration while it runs.
/// </remarks>
public sealed class WixEventOptions
{
    /// <summary>
    /// Gets or sets the path to which Wix sends events, without the application's base. One more segment may follow it, as in projects of
    /// Wix's own integration, where each webhook has an id. It is ignored.
    /// </summary>
    /// <value>The default is <c>/_wix/extensions/webhooks</c>.</value>
    public string WebhookPath { get; set; } = "/_wix/extensions/webhooks";

    /// <summary>
    /// Gets or sets the path below which each service plugin has an address, without the application's base. The plugin's name follows, and
    /// then the path of the method.
    /// </summary>
    /// <value>The default is <c>/_wix/extensions/service-plugins</c>.</value>
    public string PluginPath { get; set; } = "/_wix/extensions/service-plugins";

    /// <summary>Gets or sets the type of service plugin under which Wix calls the app's tools.</summary>
    /// <value>
    /// The default is <c>TOOLS_PROVIDER_CONFIG</c>: Wix's name of the extension, as with all other plugins. Wix has published no call.
    /// </value>
    [Required]
    public string ToolsProviderType { get; set; } = "TOOLS_PROVIDER_CONFIG";

    /// <summary>Gets or sets the maximum size of a request, in bytes. A larger one is refused before anything of it is read.</summary>
    /// <value>From 4 KiB to 16 MiB. The default is 1 MiB.</value>
    [Range(4L << 10, 16L << 20)]
    public long MaxBodySize { get; set; } = 1L << 20;

    /// <summary>
    /// Gets or sets how many requests per minute that are refused, because Wix has not signed them for this app, one client address may
    /// send. Further ones are answered 429, and are not logged. What Wix has signed is accepted all the same. It is read when the
    /// application starts.
    /// </summary>
    /// <value>From 1 to 1,000,000. The default is 300.</value>
    [Range(1, 1_000_000)]
    public int RefusedCallsPerMinute { get; set; } = 300;

    /// <summary>
    /// Gets or sets the maximum age of a signature whose token states when it was issued. An older one is refused. Wix delivers an event
    /// again for up to 47 hours, and what has been handled is remembered for at least this long.
    /// </summary>
    /// <value>From 1 minute to 90 days. The default is 3 days.</value>
    [Range(typeof(TimeSpan), "00:01:00", "90.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan MaximumAge { get; set; } = TimeSpan.FromDays(3);

    /// <summary>
    /// Gets or sets how far Wix's clock may be ahead of the application's, for the time at which a token was issued and that from which it
    /// is valid. The end of a token is exact.
    /// </summary>
    /// <value>From 0 to 10 minutes. The default is 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Gets or sets a value that indicates whether an event must name Wix as its issuer and the app as its audience. A service plugin call
    /// always must. An event that names another issuer or audience is refused in any case.
    /// </summary>
    /// <value>
    /// <see langword="true"/> to refuse events without issuer or audience; otherwise, <see langword="false"/>. The default is
    /// <see langword="false"/>: Wix's own SDK does not look at either, and does not say that events carry them.
    /// </value>
    public bool RequireIssuerAndAudience { get; set; }

    /// <summary>
    /// Gets or sets how long the handlers of an event may take together, unless they use the inbox. After that their tokens are canceled,
    /// and the answer makes Wix deliver the event again. Wix waits for 1,250 milliseconds.
    /// </summary>
    /// <value>From 50 milliseconds to 1 minute. The default is 1,000 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromMilliseconds(1000);

    /// <summary>
    /// Gets or sets how long a method of a service plugin may take. After that its token is canceled, and the call fails. How long Wix
    /// waits depends on the plugin.
    /// </summary>
    /// <value>From 50 milliseconds to 1 minute. The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan PluginTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
