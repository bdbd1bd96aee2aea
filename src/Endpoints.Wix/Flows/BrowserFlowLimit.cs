using Endpoints.Problems;
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
    private readonly Dictionary<(BrowserFlowKind Kind, bool IsFromElsewhere), LimitUse[]> _begun = Enum.GetValues<BrowserFlowKind>()
        .SelectMany(static kind => new[] { (kind, false), (kind, true) })
        .ToDictionary(static one => one,
            one => new[]
            {
                new LimitUse(scopes.Known(app.Of(RuleOf(one.kind)), one.Item2 ? "from elsewhere" : ""), Cost: 0) { IsClosed = true },
            });

    /// <summary>Counts the beginning of a flow.</summary>
    /// <returns><see langword="null"/> if the address is within its share; otherwise, the problem to respond with.</returns>
    public async ValueTask<Problem?> AskAsync(HttpContext context, BrowserFlowKind kind) => Log(context, await gate.AskAsync(
        context, context.GetEndpoint()?.DisplayName ?? "a flow", UsesOf(context, kind), default).ConfigureAwait(false));

    /// <summary>Counts the beginning of a flow that goes on without Wix if there are too many.</summary>
    /// <returns><see langword="true"/> if the address is within its share; otherwise, <see langword="false"/>.</returns>
    public async ValueTask<bool> CountAsync(HttpContext context, BrowserFlowKind kind) =>
        Log(context, await gate.CountAsync(context, UsesOf(context, kind)[0]).ConfigureAwait(false)) is null;

    private LimitUse[] UsesOf(HttpContext context, BrowserFlowKind kind) => _begun[(kind, Navigation.IsFromElsewhere(context.Request))];

    private T? Log<T>(HttpContext context, T? refusal)
    {
        if (refusal is not null)
            LogTooMany(ClientAddress.Of(context).ToString());
        return refusal;
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
