using System.ComponentModel.DataAnnotations;

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

    /// <summary>How sessions are kept in browsers; <see cref="WixSessionCookie.Protected"/> by default.</summary>
    public WixSessionCookie SessionCookie { get; set; }

    /// <summary>
    /// Whether requests over plain <c>http</c> get cookies without <c>Secure</c> and without the <c>__Host-</c> prefix, for a browser on a developer's
    /// machine. False by default; the application does not start with it outside Development.
    /// </summary>
    public bool AllowPlainHttpCookies { get; set; }

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
    /// How long Wix's word on whose a token is holds; never longer than the token itself. A member who is blocked, or an app that is
    /// removed, keeps access for as long; a handler that runs for longer asks again before its next elevated call. From zero (ask each time) to 5 minutes; 1 minute by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan TokenInfoCacheDuration { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a token that Wix refused is refused without asking again. From zero to 1 minute; 10 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RefusedTokenCacheDuration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gets what the callers' access tokens begin with. Empty by default: a token that begins with <c>OauthNG.JWS.</c>, as Wix's do, is Wix's; any other is asked about only in an
    /// application without another authentication scheme that could own it. Once set, a token is sent to Wix only if it begins with one of these, whatever schemes there are.
    /// </summary>
    public IList<string> TokenPrefixes { get; } = [];

    /// <summary>
    /// Gets or sets how many accepted tokens are remembered with their owners, visitors' tokens and others' each. An entry takes about 500 bytes.
    /// </summary>
    /// <value>From 100 to 2,000,000. The default is 300,000.</value>
    [Range(100, 2_000_000)]
    public int TokenInfoCacheSize { get; set; } = 300_000;

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
    /// Gets or sets how many bytes the bodies may take together that elevated endpoints read whole before they are bound; one network gets a third of it at most. Beyond it a request is answered
    /// 429. From 1 MiB to 16 GiB; 64 MiB by default.
    /// </summary>
    [Range(1L << 20, 1L << 34)]
    public long BodyMemory { get; set; } = 64L << 20;

    /// <summary>
    /// Gets or sets how long such a body may take to arrive; then the request is answered 408. From 100 milliseconds to 10 minutes; 30 seconds by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gets or sets how many questions of who is calling Wix is asked at once; more wait, by turns of the networks that they come from. From 1 to 10,000; 256 by default.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxIdentificationsAtOnce { get; set; } = 256;
}
