using System.Net;
using Endpoints.RateLimiting;
using Endpoints.Wix.Http;
using Endpoints.Wix.Identification;
using Endpoints.Wix.Options;
using Endpoints.Wix.Telemetry;
using Endpoints.Wix.Tokens;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Flows.Installation;

/// <summary>Exchanges codes at Wix for the installations that they represent.</summary>
internal sealed partial class InstallationCodes(
    WixHttp http, TokenInspector inspector, IdentificationBudget budget, IOptions<WixOptions> options, ILiveOptions<WixOptions> live,
    WixTelemetry telemetry, ILogger<InstallationCodes> logger)
{
    private const string Path = "/oauth/access";
    private const string Grant = "authorization_code";

    private readonly WixOptions _options = options.Value;

    /// <summary>Exchanges a code, once.</summary>
    /// <returns>
    /// The app on the site for which the code was issued; <see langword="null"/> if Wix does not accept the code, or the token is not
    /// this app's on a site.
    /// </returns>
    /// <exception cref="WixUnavailableException">Wix did not return a usable response.</exception>
    public async Task<Caller?> RedeemAsync(string code, ClientAddress client, CancellationToken ct)
    {
        var exchanged = await budget.AskAsync(
            client, (This: this, Code: code, Ct: ct), static state => state.This.ExchangeAsync(state.Code, state.Ct),
            static token => token is null).ConfigureAwait(false);
        if (exchanged is not { } token)
            return null;
        var inspection = await inspector.InspectAsync(token, client: null, ct).ConfigureAwait(false);
        if (inspection.Caller is { Kind: Callers.App, InstanceId: not null } app)
            return app;
        LogNotAnInstance();
        return null;
    }

    private async Task<AccessToken?> ExchangeAsync(string code, CancellationToken ct)
    {
        WixAnswer answer;
        try
        {
            answer = await http.SendAsync(
                new(WixCircuit.Tokens, HttpMethod.Post, Path, _options.Resilience.TokenTimeout)
                {
                    Content = () => JsonBody.Of(json =>
                    {
                        json.WriteString("grant_type", Grant);
                        json.WriteString("client_id", _options.ClientId);
                        json.WriteString("client_secret", live.Now.ClientSecret?.Reveal());
                        json.WriteString("code", code);
                    }),
                },
                ct).ConfigureAwait(false);
        }
        catch (WixUnavailableException)
        {
            telemetry.TokenAsked(Grant, "unavailable");
            throw;
        }

        switch (answer.Status)
        {
            case HttpStatusCode.OK when Read(answer) is { } token:
                telemetry.TokenAsked(Grant, "issued");
                return token;
            case var _ when WixVerdict.IsRefusal(answer):
                telemetry.TokenAsked(Grant, "refused");
                LogRefused((int)answer.Status, answer.RequestId);
                return null;
            default:
                telemetry.TokenAsked(Grant, "unavailable");
                LogUnusable((int)answer.Status, answer.RequestId);
                throw new WixUnavailableException(
                    $"Wix returned an unexpected response to the code of an installation ({(int)answer.Status}).",
                    answer.RetryAfter) { IsUnusable = !answer.SaysThatWixIsDown };
        }
    }

    // The refresh token beside it is not needed: the app's own credentials and the instance id get the next token.
    private static AccessToken? Read(WixAnswer answer) => JsonAnswer.Read(answer, static json => TokenEndpoint.Token(json, "access_token"));

    [LoggerMessage(1, LogLevel.Warning, "Wix rejected the code of an installation with {Status}; request id {RequestId}")]
    private partial void LogRefused(int status, string? requestId);

    [LoggerMessage(2, LogLevel.Warning,
        "Wix returned an unexpected response to the code of an installation: {Status}; request id {RequestId}")]
    private partial void LogUnusable(int status, string? requestId);

    [LoggerMessage(3, LogLevel.Warning,
        "The token for the code of an installation does not belong to this app on a site. The installation is not confirmed")]
    private partial void LogNotAnInstance();
}
