using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Emulator;

/// <summary>How an emulated Wix starts. Everything has a default that is good for a test.</summary>
public sealed class WixEmulatorOptions
{
    /// <summary>The port on 127.0.0.1; 0, the default, takes a free one. Browsers refuse some ports, such as 5060 and 6000.</summary>
    public int Port { get; set; }

    /// <summary>The port of the back office on 127.0.0.1; 0, the default, takes a free one.</summary>
    public int BackOfficePort { get; set; }

    /// <summary>The heading of the back office's dashboard page.</summary>
    public string BackOfficeTitle { get; set; } = "Dashboard";

    /// <summary>The clock of the whole platform: expiry, dates and delays. The system's by default.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// A text from which ids, secrets and token keys are derived, so that they stay the same from one start to the next and
    /// sessions survive a restart. Null, the default, makes new random ones on each start.
    /// </summary>
    public string? Seed { get; set; }

    /// <summary>The client id of the first app; made up by default.</summary>
    public string? ClientId { get; set; }

    /// <summary>The secret of the first app; made up by default.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>The instance id of the first app on the first site; made up by default.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The private key, as PEM, that events for the first app are signed with; made up by default, at each start.</summary>
    public string? PrivateKey { get; set; }

    /// <summary>The id of the first site; made up by default.</summary>
    public string? SiteId { get; set; }

    /// <summary>The name of the first site.</summary>
    public string SiteName { get; set; } = "Harbour Coffee";

    /// <summary>The id of the account that owns the first site; made up by default.</summary>
    public string? AccountId { get; set; }

    /// <summary>The value of the first API key; made up by default.</summary>
    public string? ApiKey { get; set; }

    /// <summary>How long access tokens are good for; 4 hours by default, as at Wix.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromHours(4);

    /// <summary>
    /// Whether a refresh token is good for one use and the answer brings the next. False by default: Wix's own JavaScript keeps
    /// the first refresh token and ignores later ones.
    /// </summary>
    public bool RotateRefreshTokens { get; set; }

    /// <summary>
    /// Whether logins may return to any address on loopback, for development on ports that change. False by default: as at Wix, every
    /// address must be allowed with <see cref="EmulatedApp.AllowRedirectUri"/>.
    /// </summary>
    public bool AllowLoopbackRedirects { get; set; }

    /// <summary>Whether sites start without members, products, collections, bookings and orders. False by default.</summary>
    public bool EmptySites { get; set; }

    /// <summary>How many calls a minute each app instance may make before it gets 429 with <c>Retry-After</c>; Wix allows 200. Null, the default, sets no limit.</summary>
    public int? RequestsPerMinute { get; set; }

    /// <summary>What token-info says about a token that is unknown, expired or revoked. Refused with 401 by default.</summary>
    public UnusableTokenInfo UnusableTokenInfo { get; set; }

    /// <summary>
    /// Whether token-info writes <c>active</c>, <c>exp</c> and <c>iat</c> as strings, as in Wix's documentation, rather than as
    /// boolean and numbers, as in the types of Wix's SDK. False by default. A client must take both.
    /// </summary>
    public bool TokenInfoAsStrings { get; set; }

    /// <summary>How many calls are remembered for <see cref="WixEmulator.Calls"/>, at least 1; older ones are forgotten. 10,000 by default.</summary>
    public int CallLogCapacity { get; set; } = 10_000;

    /// <summary>Where a line per call is logged (category <c>Endpoints.Wix.Emulator</c>), without tokens, bodies or query strings. Nowhere by default.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, 65535);
        ArgumentOutOfRangeException.ThrowIfNegative(BackOfficePort);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BackOfficePort, 65535);
        ArgumentOutOfRangeException.ThrowIfLessThan(CallLogCapacity, 1);
        if (RequestsPerMinute is { } limit)
            ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(RequestsPerMinute));
        ArgumentException.ThrowIfNullOrWhiteSpace(BackOfficeTitle);
        ArgumentOutOfRangeException.ThrowIfLessThan(AccessTokenLifetime, TimeSpan.FromSeconds(1));
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentException.ThrowIfNullOrWhiteSpace(SiteName);
    }
}
