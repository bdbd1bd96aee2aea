using Endpoints.RateLimiting;
using Endpoints.Wix.Origins;
using Endpoints.Wix.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Flows;

/// <summary>How often one client address may make this application ask Wix for a page to log in, log out or install at.</summary>
/// <remarks>Answers that come back need no limit of their own: each needs a beginning that was counted, and is good once.</remarks>
internal sealed partial class BrowserFlowLimit(IOptions<WixOptions> options, TimeProvider time, ILogger<BrowserFlowLimit> logger)
{
    // By what is begun, and whether another origin's page sent the browser: what such a page does takes nothing from what the site's own pages and the user's own hand may.
    private NetworkWindows[] Begun { get; } = [.. Enumerable.Range(0, 2 * Enum.GetValues<BrowserFlowKind>().Length).Select(_ =>
        new NetworkWindows(new(options.Value.LoginsPerMinute, TimeSpan.FromMinutes(1)), NetworkShares.Of(options.Value), time))];

    /// <summary>Counts one; false when the address has had its share.</summary>
    public bool TryCount(HttpContext context, BrowserFlowKind kind, out TimeSpan? retryAfter)
    {
        var client = ClientAddress.Of(context);
        if (Begun[(2 * (int)kind) + (Navigation.IsFromElsewhere(context.Request) ? 1 : 0)].TryCount(client, out retryAfter))
            return true;
        LogTooMany(client.ToString());
        return false;
    }

    [LoggerMessage(1, LogLevel.Warning, "The address {Client} has begun too many logins, logouts or installations")]
    private partial void LogTooMany(string client);
}
