using Endpoints.RateLimiting;
using Endpoints.RateLimiting.Enforcing;
using Endpoints.Wix.Errors;
using Endpoints.Wix.RateLimiting;
using Endpoints.Wix.Tokens;
using Endpoints.Wix.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Sessions;

/// <summary>Begins visitors' sessions, within a limit for each client address.</summary>
internal sealed partial class VisitorSessions(
    TokenEndpoint tokens, SessionResponses responses, RateLimitScopes scopes, RateLimitGate gate, AppName app,
    ILogger<VisitorSessions> logger)
{
    // A person makes a few of these; whoever makes more is no person, or many behind one address.
    private readonly LimitUse _newVisitors = new(scopes.Known(app.Of(WixRules.NewVisitors), ""), Cost: 0) { IsClosed = true };

    /// <summary>Returns a new visitor's tokens, which are saved in the browser if the response has not started.</summary>
    /// <exception cref="WixUnavailableException">Wix issues no tokens, or the address has reached its limit.</exception>
    public Task<Session> BeginAsync(HttpContext context) =>
        BeginAsync(responses.Of(context), ClientAddress.Of(context), gate.CountAsync(context, _newVisitors));

    private async Task<Session> BeginAsync(SessionResponse response, ClientAddress client, ValueTask<TimeSpan?> counting)
    {
        if (await counting.ConfigureAwait(false) is { } wait)
        {
            LogTooManyVisitors(client);
            throw new WixUnavailableException("The client's address has started too many visitor sessions.", wait);
        }

        try
        {
            var session = Session.Begin(await tokens.ForVisitorAsync(CancellationToken.None).ConfigureAwait(false), isMember: false);
            if (!response.SaveLater(session))
                LogNotSaved();
            return session;
        }
        catch (TokenRefusedException)
        {
            throw new WixUnavailableException("Wix issues no visitor's token for this application's client id.");
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "A visitor's session is not saved because the response has started")]
    private partial void LogNotSaved();

    [LoggerMessage(2, LogLevel.Warning, "The address {Client} has started too many visitor sessions")]
    private partial void LogTooManyVisitors(ClientAddress client);
}
