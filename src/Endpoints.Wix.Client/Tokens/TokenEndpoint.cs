using System.Net;
using System.Text.Json;
using Endpoints.Wix.Errors;
using Endpoints.Wix.Http;
using Endpoints.Wix.Options;
using Endpoints.Wix.Telemetry;
using Endpoints.Wix.Values;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Tokens;

/// <summary>Calls Wix's token endpoint, with one method per grant.</summary>
internal sealed partial class TokenEndpoint(
    WixHttp http, IOptions<WixClientOptions> options, ILiveOptions<WixClientOptions> live, TimeProvider time, WixTelemetry telemetry,
    ILogger<TokenEndpoint> logger)
{
    private const string Path = "/oauth2/token";
    private const string Refresh = "refresh_token";

    // Wix's tokens last four hours; a year is an answer gone wrong.
    private const long MaxLifetimeSeconds = 366L * 24 * 60 * 60;

    private readonly WixClientOptions _options = options.Value;

    /// <summary>Returns the app's own token for one of its instances, or for its headless project's site. Each call mints one.</summary>
    /// <exception cref="TokenRefusedException">Wix does not accept the app's credentials, or the app has no such instance.</exception>
    /// <exception cref="WixUnavailableException">There was no usable answer.</exception>
    public Task<IssuedToken> IssueAsync(TokenKey key, CancellationToken ct) => RequestAsync(
        TokenKey.ClientCredentials,
        json =>
        {
            json.WriteString("client_id", key.ClientId);
            json.WriteString("client_secret", live.Now.ClientSecret?.Reveal());
            json.WriteString("grant_type", TokenKey.ClientCredentials);
            if (key.InstanceId is { } instanceId)
                json.WriteString("instance_id", instanceId);
        },
        isRepeatable: true,
        ct);

    /// <summary>Returns the tokens of a new anonymous visitor.</summary>
    /// <exception cref="TokenRefusedException">Wix issues none for this client id.</exception>
    /// <exception cref="WixUnavailableException">There was no usable answer.</exception>
    public Task<IssuedToken> ForVisitorAsync(CancellationToken ct) => RequestAsync(
        "anonymous",
        json =>
        {
            json.WriteString("clientId", _options.ClientId);
            json.WriteString("grantType", "anonymous");
        },
        isRepeatable: true,
        ct);

    /// <summary>Returns the next access token of a session.</summary>
    /// <exception cref="TokenRefusedException">Wix does not accept the refresh token.</exception>
    /// <exception cref="WixUnavailableException">There was no usable answer.</exception>
    public Task<IssuedToken> RefreshAsync(AccessToken refreshToken, CancellationToken ct) => RequestAsync(
        Refresh,
        json =>
        {
            json.WriteString("clientId", _options.ClientId);
            json.WriteString("grantType", Refresh);
            json.WriteString("refreshToken", refreshToken.Reveal());
        },
        isRepeatable: false, // it may be good once, and have been used
        ct);

    /// <summary>Returns the tokens of the member who has logged in.</summary>
    /// <param name="code">The code that Wix's login page gave the browser.</param>
    /// <param name="verifier">The secret from whose challenge the login began.</param>
    /// <param name="redirectUri">The address to which the login page was told to send the browser.</param>
    /// <param name="ct">The token to monitor for cancellation requests.</param>
    /// <exception cref="TokenRefusedException">Wix does not accept the code: it is wrong, used, expired or another browser's.</exception>
    /// <exception cref="WixUnavailableException">There was no usable answer.</exception>
    public Task<IssuedToken> ForCodeAsync(string code, string verifier, string redirectUri, CancellationToken ct) => RequestAsync(
        "authorization_code",
        json =>
        {
            json.WriteString("clientId", _options.ClientId);
            json.WriteString("grantType", "authorization_code");
            json.WriteString("redirectUri", redirectUri);
            json.WriteString("code", code);
            json.WriteString("codeVerifier", verifier);
        },
        isRepeatable: false,
        ct);

    private async Task<IssuedToken> RequestAsync(string grant, Action<Utf8JsonWriter> write, bool isRepeatable, CancellationToken ct)
    {
        var asked = time.GetUtcNow();
        WixAnswer answer;
        try
        {
            answer = await http.SendAsync(
                new(WixCircuit.Tokens, HttpMethod.Post, Path, _options.Resilience.TokenTimeout) { Content = () => JsonBody.Of(write),
                    IsRepeatable = isRepeatable, IsStrangers = grant != TokenKey.ClientCredentials }, ct).ConfigureAwait(false);
        }
        catch (WixUnavailableException e)
        {
            telemetry.TokenAsked(grant, "unavailable");
            LogUnavailable(grant, e.Message);
            throw;
        }

        switch (answer.Status)
        {
            case HttpStatusCode.OK when Read(answer, asked) is { } issued:
                telemetry.TokenAsked(grant, "issued");
                LogIssued(grant, issued.ExpiresAt);
                return issued;
            // Nobody's session ends because the application's client id is wrong.
            case var _ when WixVerdict.IsRefusal(answer) && !(grant == Refresh && WixVerdict.IsOfClient(answer)):
                telemetry.TokenAsked(grant, "refused");
                LogRefused(grant, (int)answer.Status, answer.RequestId);
                throw new TokenRefusedException((int)answer.Status);
            default:
                telemetry.TokenAsked(grant, "unavailable");
                LogUnusable(grant, (int)answer.Status, answer.RequestId);
                throw new WixUnavailableException($"Wix's token endpoint returned an unexpected response ({(int)answer.Status}).",
                    answer.RetryAfter) { IsUnusable = !answer.SaysThatWixIsDown };
        }
    }

    private static IssuedToken? Read(WixAnswer answer, DateTimeOffset asked) => JsonAnswer.Read(
        answer,
        json => Token(json, "access_token") is { } token
            && JsonAnswer.Number(json, "expires_in") is > 0 and <= MaxLifetimeSeconds and var seconds
            ? new IssuedToken(token, asked, asked.AddSeconds(seconds), Token(json, Refresh))
            : null);

    /// <summary>Returns a token in Wix's answer; <see langword="null"/> if there is none.</summary>
    public static AccessToken? Token(JsonElement answer, string name) =>
        JsonAnswer.Text(answer, name) is { } text && TokenText.IsToken(text) ? new(text) : null;

    [LoggerMessage(1, LogLevel.Debug, "Wix issued a token ({Grant}); it expires at {ExpiresAt:O}")]
    private partial void LogIssued(string grant, DateTimeOffset expiresAt);

    [LoggerMessage(2, LogLevel.Warning, "Wix rejected a token request ({Grant}) with {Status}; request id {RequestId}")]
    private partial void LogRefused(string grant, int status, string? requestId);

    [LoggerMessage(3, LogLevel.Warning, "Wix's token endpoint returned an unexpected response ({Grant}): {Status}; request id {RequestId}")]
    private partial void LogUnusable(string grant, int status, string? requestId);

    [LoggerMessage(4, LogLevel.Warning, "Wix's token endpoint can't be reached ({Grant}): {Reason}")]
    private partial void LogUnavailable(string grant, string reason);
}
