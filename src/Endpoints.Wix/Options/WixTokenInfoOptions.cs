using System.ComponentModel.DataAnnotations;

namespace Endpoints.Wix;

/// <summary>
/// Provides the settings for identifying the owner of a token with Wix, and for caching Wix's answer. Setting <c>Wix:TokenInfo</c>.
/// </summary>
/// <remarks>
/// <see cref="CacheDuration"/> and <see cref="RefusedCacheDuration"/> follow the configuration while the application runs. The others are
/// read when it starts.
/// </remarks>
public sealed class WixTokenInfoOptions
{
    /// <summary>
    /// Gets or sets how long Wix's answer about a token is believed, which is never longer than the token itself is valid.
    /// </summary>
    /// <remarks>
    /// A member who is blocked, or an app that is removed, keeps access for as long. A handler that runs for longer asks again before its
    /// next elevated call. A change holds for answers that come after it.
    /// </remarks>
    /// <value>From zero, to ask each time, to 5 minutes. The default is 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan CacheDuration { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how long a token that Wix refused is refused without asking again.</summary>
    /// <value>From zero to 1 minute. The default is 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RefusedCacheDuration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gets or sets how many accepted tokens are cached with their owners. The number applies to visitors' tokens and to all others
    /// separately. An entry takes about 500 bytes.
    /// </summary>
    /// <value>From 100 to 2,000,000. The default is 300,000.</value>
    [Range(100, 2_000_000)]
    public int CacheSize { get; set; } = 300_000;

    /// <summary>Gets the prefixes of the callers' access tokens.</summary>
    /// <remarks>
    /// While it is empty, a token that begins with <c>OauthNG.JWS.</c> is Wix's; Wix is asked about other tokens only if the application
    /// has no other authentication scheme that could own them. Once it is set, a token is sent to Wix only if it begins with one of these
    /// prefixes, whatever schemes there are.
    /// </remarks>
    /// <value>Empty by default.</value>
    public IList<string> Prefixes { get; } = [];
}
