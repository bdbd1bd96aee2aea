using Endpoints.RateLimiting;
using Endpoints.RateLimiting.Enforcing;
using Endpoints.Wix.Origins;
using Endpoints.Wix.RateLimiting;
using Endpoints.Wix.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Flows;

/// <summary>Limits the login, logout and installation pages that one client address may make this application request from Wix.</summary>
/// <remarks>Returning answers need no limit of their own. Each requires a beginning that was counted, and can be used once.</remarks>
internal sealed partial class BrowserFlowLimit(RateLimitScopes scopes, RateLimitGate gate, AppName app,
    ILogger<BrowserFlowLimit> logger)
{
    // By what is begun, and whether another origin's page sent the browser: what such a page does takes nothing from what the site's own
    // pages and the user's own hand may.
    private readonly Dictionary<(BrowserFlowKind Kind, bool IsFromElsewhere), LimitUse> _begun = Enum.GetValues<BrowserFlowKind>()
        .SelectMany(static kind => new[] { (kind, false), (kind, true) })
        .ToDictionary(static one => one,
            one => new LimitUse(scopes.Known(app.Of(RuleOf(one.kind)), one.Item2 ? "from elsewhere" : ""), Cost: 0) { IsClosed = true });

    /// <summary>Counts the beginning of a flow.</summary>
    /// <returns><see langword="null"/> if the address is within its share; otherwise, the time to wait.</returns>
    public async ValueTask<TimeSpan?> CountAsync(HttpContext context, BrowserFlowKind kind)
    {
        var wait = await gate.CountAsync(context, _begun[(kind, Navigation.IsFromElsewhere(context.Request))]).ConfigureAwait(false);
        if (wait is not null)
            LogTooMany(ClientAddress.Of(context).ToString());
        return wait;
    }

    private static string RuleOf(BrowserFlowKind kind) => kind switch
    {
        BrowserFlowKind.Login => WixRules.Login,
        BrowserFlowKind.Logout => WixRules.Logout,
        _ => WixRules.Installation,
    };

    [LoggerMessage(1, LogLevel.Warning, "The address {Client} has started too many logins, logouts or installations")]
    private partial void LogTooMany(string client);
}
