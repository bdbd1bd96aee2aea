using Endpoints.Wix.Elevation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Sessions;

/// <summary>How often one client address may make this application ask Wix for a page to log in, log out or install at.</summary>
/// <remarks>Answers that come back need no limit of their own: each needs a beginning that was counted, and is good once.</remarks>
internal sealed partial class BrowserFlowLimit(IOptions<WixOptions> options, TimeProvider time, ILogger<BrowserFlowLimit> logger)
{
    private NetworkWindows Begun { get; } = new(new(options.Value.LoginsPerMinute, TimeSpan.FromMinutes(1)), NetworkShares.Of(options.Value), time);

    /// <summary>Counts one; false when the address has had its share.</summary>
    public bool TryCount(HttpContext context, out TimeSpan? retryAfter)
    {
        var client = ClientAddress.Of(context);
        if (Begun.TryCount(client, out retryAfter))
            return true;
        LogTooMany(client.ToString());
        return false;
    }

    [LoggerMessage(1, LogLevel.Warning, "The address {Client} has begun too many logins, logouts or installations")]
    private partial void LogTooMany(string client);
}
