using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix;

/// <summary>How the application is known to Wix, and what it lets whom do. Checked at start: the application does not start with wrong ones. The app's id and secret are required.</summary>
public sealed class WixOptions : WixClientOptions
{
    /// <summary>
    /// The key with which Wix signs webhooks for the app: PEM, or base64 of PEM. Checked at start when it is set. Setting
    /// <c>Wix:PublicKey</c>, or <c>WIX_CLIENT_PUBLIC_KEY</c>.
    /// </summary>
    public string? PublicKey { get; set; }

    /// <summary>
    /// The origin under which browsers know this application: <c>https://shop.example</c>. Wix sends browsers back there after a login. Null, the
    /// default, is enough in Development, and where <c>AllowedHosts</c> names the hosts; elsewhere nobody can log in without it.
    /// </summary>
    public Uri? PublicOrigin { get; set; }

    /// <summary>
    /// Further origins whose pages belong to this site, <c>https://www.shop.example</c>: they, too, may change things with a visitor's or member's session. Empty by default.
    /// A page on another site than the application sends the cookie only where the browser lets it; reading the answer takes CORS as well.
    /// </summary>
    public IList<Uri> OwnOrigins { get; } = [];

    /// <summary>Gets how sessions are kept in browsers.</summary>
    public WixSessionOptions Session { get; } = new();

    /// <summary>Gets how Wix is asked whose a token is, and how long its answer is believed.</summary>
    [ValidateObjectMembers]
    public WixTokenInfoOptions TokenInfo { get; } = new();

    /// <summary>Gets how much memory and time request bodies may take.</summary>
    [ValidateObjectMembers]
    public WixBodyOptions Bodies { get; } = new();

    /// <summary>
    /// How many visitor's sessions one client address may begin per minute; beyond it there are none for the rest of the minute. Behind a proxy the
    /// address is the client's only with the framework's forwarded headers set up. From 1 to 1,000,000; 300 by default.
    /// </summary>
    [Range(1, 1_000_000)]
    public int NewVisitorsPerMinute { get; set; } = 300;

    /// <summary>
    /// How many logins, and likewise logouts and installations, one client address may begin per minute: each makes a call to Wix. Beyond it a login or an installation is
    /// answered 429, and a logout ends the session here only
    /// (with <see cref="WixSessionCookie.Compatible"/>, whose cookies anybody can write, in the browser only). From 1 to 1,000,000; 60 by default.
    /// </summary>
    [Range(1, 1_000_000)]
    public int LoginsPerMinute { get; set; } = 60;

    /// <summary>
    /// Gets or sets how many requests per minute one client address may send to each elevated endpoint that has no limit of its own.
    /// From 1 to 100,000,000; 6,000 by default.
    /// </summary>
    [Range(1, 100_000_000)]
    public int ElevatedRequestsPerMinute { get; set; } = 6_000;

    /// <summary>
    /// Gets or sets how many elevated calls per minute the app makes on each of its instances: as many as Wix allows it. One caller gets at most half of what the others have left, and a call beyond
    /// that throws <see cref="WixUnavailableException"/>. From 1 to 100,000,000; 200 by default.
    /// </summary>
    [Range(1, 100_000_000)]
    public int CallsPerMinute { get; set; } = 200;

    /// <summary>
    /// Gets or sets how many times a limit per client address all networks of one IPv6 prefix of 56 bits have together, which is what most customers get; a network of 64 bits has the limit once.
    /// It holds for the limits of endpoints, visitors and logins alike. From 1 to 256; 2 by default.
    /// </summary>
    [Range(1, 256)]
    public int IPv6Prefix56Share { get; set; } = 2;

    /// <summary>
    /// Gets or sets how many times a limit per client address all networks of one IPv6 prefix of 48 bits have together; larger where many visitors come from one mobile network that gives each
    /// phone 64 bits. From 1 to 65,536; 4 by default.
    /// </summary>
    [Range(1, 65_536)]
    public int IPv6Prefix48Share { get; set; } = 4;

    /// <summary>
    /// Gets or sets how many tokens, refresh tokens and codes that Wix does not accept one client address may send per minute; beyond it, Wix is not asked about more from there, and requests with
    /// unknown tokens are answered 429. Tokens that Wix accepts don't count. From 1 to 1,000,000; 300 by default.
    /// </summary>
    [Range(1, 1_000_000)]
    public int RefusedTokensPerMinute { get; set; } = 300;

    /// <summary>
    /// Gets or sets how many of them all clients together may send per minute; beyond it, addresses that have sent some wait, and those that have sent none are asked about one at a time. From 1 to
    /// 10,000,000; 3,000 by default.
    /// </summary>
    [Range(1, 10_000_000)]
    public int RefusedTokensPerMinuteInAll { get; set; } = 3_000;

    /// <summary>
    /// Gets or sets how many questions of who is calling Wix is asked at once; more wait, by turns of the networks that they come from. From 1 to 10,000; 256 by default.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxIdentificationsAtOnce { get; set; } = 256;
}
