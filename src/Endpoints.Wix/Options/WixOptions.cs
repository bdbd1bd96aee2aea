using System.ComponentModel.DataAnnotations;

namespace Endpoints.Wix;

/// <summary>How the application is known to Wix, and how long it waits for Wix. Checked at start: the application does not start with wrong ones.</summary>
public sealed class WixOptions
{
    /// <summary>
    /// The app's client id, which Wix also calls app id. Required. Setting <c>Wix:ClientId</c>, or <c>WIX_CLIENT_ID</c>.
    /// </summary>
    public string? ClientId { get; set; }

    /// <summary>The app's secret. Required. Setting <c>Wix:ClientSecret</c>, or <c>WIX_CLIENT_SECRET</c>.</summary>
    public Secret? ClientSecret { get; set; }

    /// <summary>
    /// The app's instance on the site that this application belongs to, for elevation where the caller has no token, or one of this site that names none. Not needed
    /// for a headless project, nor for an app whose callers all come from dashboards. Setting <c>Wix:InstanceId</c>, or
    /// <c>WIX_CLIENT_INSTANCE_ID</c>.
    /// </summary>
    public string? InstanceId { get; set; }

    /// <summary>
    /// The key with which Wix signs webhooks for the app: PEM, or base64 of PEM. Checked at start when it is set. Setting
    /// <c>Wix:PublicKey</c>, or <c>WIX_CLIENT_PUBLIC_KEY</c>.
    /// </summary>
    public string? PublicKey { get; set; }

    /// <summary>
    /// An API key of the Wix account, for <see cref="AdminWixClient"/>; not needed for anything else. Setting <c>Wix:ApiKey</c>, or <c>WIX_API_KEY</c>.
    /// </summary>
    public Secret? ApiKey { get; set; }

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
    /// Gets or sets a function that configures the handler that all calls to Wix go through, for a proxy, a client certificate or a test double: it gets the library's own handler, and returns
    /// it or another in its place, which is disposed of with the application. It is the only way in: what the application sets up for clients of <c>IHttpClientFactory</c> does not reach these calls,
    /// nor does the proxy of the environment. Redirects, cookies and credentials stay off whatever it sets. Null by default.
    /// </summary>
    public Func<SocketsHttpHandler, HttpMessageHandler>? HttpHandler { get; set; }

    /// <summary>How long a call to Wix may take, further tries and the answer's body included. From 100 milliseconds to 2 minutes; 10 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:02:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long asking Wix for a token, or for whose a token is, may take. A request that is waiting for it is answered 503 then.
    /// From 100 milliseconds to 1 minute; 5 seconds by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan TokenTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many times a call that changes nothing is sent again when Wix is busy (429, 503) or the connection fails, within the call's time limit and no
    /// sooner than Wix's <c>Retry-After</c>; one of more than 5 seconds is not waited for. Other calls are sent once. From 0 to 5; 2 by default.
    /// </summary>
    [Range(0, 5)]
    public int MaxRetryAttempts { get; set; } = 2;

    /// <summary>
    /// How long Wix is left alone when it is down, which is when half of at least eight calls in a minute got no answer or a gateway's 502, 503 or 504:
    /// until then calls fail at once, and then one of them tries. The token endpoint, token-info and the business APIs count each for itself.
    /// From 500 milliseconds to 5 minutes; 5 seconds by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan CircuitBreakDuration { get; set; } = TimeSpan.FromSeconds(5);

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

    /// <summary>How many tokens are remembered with their owners, and as many refused ones. From 100 to 1,000,000; 10,000 by default.</summary>
    [Range(100, 1_000_000)]
    public int TokenInfoCacheSize { get; set; } = 10_000;

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

    /// <summary>
    /// How long before its expiry a token may be renewed; for one that lives shorter than twice this, from half its life. The moment is drawn by chance
    /// from the first fifth of that time, so that instances and nodes don't ask Wix all at once. From zero to 1 hour; 5 minutes by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RenewBefore { get; set; } = TimeSpan.FromMinutes(5);
}
