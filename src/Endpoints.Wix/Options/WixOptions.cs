using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix;

/// <summary>
/// Provides the settings that identify the application to Wix and determine which calls it allows. They are validated at start: the
/// application does not start with invalid settings. The app's id and secret are required.
/// </summary>
public sealed class WixOptions : WixClientOptions
{
    /// <summary>
    /// Gets or sets the public key with which Wix's signatures on events and service plugin calls are verified: PEM, whose line breaks may
    /// be written as <c>\n</c>, or base64 of PEM. It is validated at start if it is set, and required where <c>MapWixEvents()</c> maps
    /// something. Setting <c>Wix:PublicKey</c>, or <c>WIX_CLIENT_PUBLIC_KEY</c>.
    /// </summary>
    public string? PublicKey { get; set; }

    /// <summary>
    /// Gets the keys that are accepted beside <see cref="PublicKey"/>, in the same forms: the next key before a rotation, and the previous
    /// one after it. At most four. Empty by default. Setting <c>Wix:PublicKeys</c>, which follows the configuration while the application
    /// runs.
    /// </summary>
    public IList<string> PublicKeys { get; } = [];

    /// <summary>Gets the settings for events and service plugin calls, which Wix sends to the application.</summary>
    [ValidateObjectMembers]
    public WixEventOptions Events { get; } = new();

    /// <summary>
    /// Gets or sets the origin under which browsers know this application, such as <c>https://shop.example</c>. Wix sends browsers back
    /// there after a login. The default, <see langword="null"/>, is enough in Development, and where <c>AllowedHosts</c> names the hosts.
    /// Elsewhere nobody can log in without it.
    /// </summary>
    public Uri? PublicOrigin { get; set; }

    /// <summary>
    /// Gets the host names of the app, where the application has several: <c>shop.example</c>, <c>shop.example:5001</c>,
    /// <c>*.shop.example</c>. An endpoint that names no app belongs to the one whose host the request was sent to. A name matches as with
    /// <c>RequireHost</c> of ASP.NET Core. Two apps can't have the same one. Empty by default. Setting <c>Hosts</c>.
    /// </summary>
    public IList<string> Hosts { get; } = [];

    /// <summary>
    /// Gets the additional origins whose pages belong to this site, such as <c>https://www.shop.example</c>. Their pages, too, may make
    /// changes with a visitor's or member's session. Empty by default. A page on another site than the application sends the cookie only
    /// where the browser allows it; reading the answer requires CORS as well.
    /// </summary>
    public IList<Uri> OwnOrigins { get; } = [];

    /// <summary>Gets the settings for sessions in browsers.</summary>
    public WixSessionOptions Session { get; } = new();

    /// <summary>Gets the settings for identifying the owner of a token with Wix, and for caching Wix's answer.</summary>
    [ValidateObjectMembers]
    public WixTokenInfoOptions TokenInfo { get; } = new();

    /// <summary>Gets the limits on the memory and time that request bodies may take.</summary>
    [ValidateObjectMembers]
    public WixBodyOptions Bodies { get; } = new();

    /// <summary>Gets the settings for the inbox, which stores events and the ids of those that have been handled.</summary>
    [ValidateObjectMembers]
    public WixInboxOptions Inbox { get; } = new();

    /// <summary>
    /// Gets the services that call with keys of their own, by name, as <see cref="Callers.Service"/>. Empty by default. The name appears in
    /// logs and counts in rate limits.
    /// </summary>
    public IDictionary<string, WixServiceOptions> Services { get; } =
        new Dictionary<string, WixServiceOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Gets or sets how many visitors' sessions one client address may begin per minute. Beyond that number, no session begins for the rest
    /// of the minute. Behind a proxy, the address is the client's only if the framework's forwarded headers are set up. From 1 to
    /// 1,000,000. The default is 300.
    /// </summary>
    [Range(1, 1_000_000)]
    public int NewVisitorsPerMinute { get; set; } = 300;

    /// <summary>
    /// Gets or sets how many logins, and likewise logouts and installations, one client address may begin per minute. Each makes a call to
    /// Wix. Beyond that number, a login or an installation is answered 429, and a logout ends the session here only (with
    /// <see cref="WixSessionCookie.Compatible"/>, whose cookies anybody can write, in the browser only). From 1 to 1,000,000. The default
    /// is 60.
    /// </summary>
    [Range(1, 1_000_000)]
    public int LoginsPerMinute { get; set; } = 60;

    /// <summary>
    /// Gets or sets how many requests per minute one client address may send to each elevated endpoint that has no limit of its own. From 1
    /// to 100,000,000. The default is 6,000.
    /// </summary>
    [Range(1, 100_000_000)]
    public int ElevatedRequestsPerMinute { get; set; } = 6_000;

    /// <summary>
    /// Gets or sets how many elevated calls per minute the app makes on each of its instances, which should be as many as Wix allows it.
    /// One caller gets at most half of what the others have left, and a call beyond that throws <see cref="WixUnavailableException"/>. From
    /// 1 to 100,000,000. The default is 200.
    /// </summary>
    [Range(1, 100_000_000)]
    public int CallsPerMinute { get; set; } = 200;

    /// <summary>
    /// Gets or sets how many times a limit per client address all networks of one IPv6 prefix of 56 bits have together, which is what most
    /// customers get. A network of 64 bits has the limit once. The value applies to the limits of endpoints, visitors and logins alike.
    /// From 1 to 256. The default is 2.
    /// </summary>
    [Range(1, 256)]
    public int IPv6Prefix56Share { get; set; } = 2;

    /// <summary>
    /// Gets or sets how many times a limit per client address all networks of one IPv6 prefix of 48 bits have together. Choose a larger
    /// number if many visitors come from one mobile network that gives each phone 64 bits. From 1 to 65,536. The default is 4.
    /// </summary>
    [Range(1, 65_536)]
    public int IPv6Prefix48Share { get; set; } = 4;

    /// <summary>
    /// Gets or sets how many tokens, refresh tokens and codes that Wix does not accept one client address may send per minute. Beyond that
    /// number, Wix is not asked about more from that address, and requests with unknown tokens are answered 429. Tokens that Wix accepts
    /// don't count. From 1 to 1,000,000. The default is 300.
    /// </summary>
    [Range(1, 1_000_000)]
    public int RefusedTokensPerMinute { get; set; } = 300;

    /// <summary>
    /// Gets or sets how many tokens, refresh tokens and codes that Wix does not accept all clients together may send per minute. Beyond
    /// that number, addresses that have sent some wait, and those that have sent none are asked about one at a time. From 1 to 10,000,000.
    /// The default is 3,000.
    /// </summary>
    [Range(1, 10_000_000)]
    public int RefusedTokensPerMinuteInAll { get; set; } = 3_000;

    /// <summary>
    /// Gets or sets how many identifications of callers Wix is asked for at once. Further ones wait, in turns of the networks that they
    /// come from. From 1 to 10,000. The default is 256.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxIdentificationsAtOnce { get; set; } = 256;
}
