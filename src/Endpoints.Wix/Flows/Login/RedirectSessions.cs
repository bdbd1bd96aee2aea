using System.Net;
using System.Text.Json;
using Endpoints.Wix.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Flows.Login;

/// <summary>Requests from Wix the pages on which browsers log in and out.</summary>
internal sealed partial class RedirectSessions(WixHttp http, IOptions<WixOptions> options, ILogger<RedirectSessions> logger)
{
    // The path that Wix's own SDK calls.
    private const string Path = "/_api/redirects-api/v1/redirect-session";
    private const int MaxAddress = 8 * 1024;

    private readonly WixOptions _options = options.Value;

    /// <summary>Returns the page on which to log in.</summary>
    /// <param name="caller">The visitor's token.</param>
    /// <param name="isBrowsers"><see langword="true"/> if the browser sent the token, which may be another site's.</param>
    /// <param name="attempt">The login attempt.</param>
    /// <param name="connectionId">The identity provider to use directly; <see langword="null"/> for Wix's own page.</param>
    /// <param name="prompt">
    /// <c>login</c> if the page must prompt, <c>none</c> if it must not; <see langword="null"/> to let the page decide.
    /// </param>
    /// <param name="ct">The token to monitor for cancellation requests.</param>
    /// <returns>The address of the page; <see langword="null"/> if Wix does not accept the visitor's token.</returns>
    /// <exception cref="WixApiException">
    /// Wix refuses the request, for example because the callback address is not on the app's list.
    /// </exception>
    /// <exception cref="WixUnavailableException">Wix did not return a usable response.</exception>
    public Task<Uri?> LoginAsync(
        AccessToken caller, bool isBrowsers, BrowserAttempt attempt, string? connectionId, string? prompt, CancellationToken ct) =>
        CreateAsync(
        caller,
        isBrowsers,
        json =>
        {
            json.WriteStartObject("auth");
            json.WriteStartObject("authRequest");
            json.WriteString("redirectUri", attempt.RedirectUri);
            json.WriteString("clientId", _options.ClientId);
            json.WriteString("codeChallenge", Pkce.Challenge(attempt.Verifier));
            json.WriteString("codeChallengeMethod", Pkce.Method);
            json.WriteString("responseMode", "query");
            json.WriteString("responseType", "code");
            json.WriteString("scope", "offline_access");
            json.WriteString("state", attempt.State);
            if (connectionId is not null)
                json.WriteString("idp", connectionId);
            json.WriteEndObject();
            if (prompt is not null)
                json.WriteString("prompt", prompt);
            json.WriteEndObject();
        },
        ct);

    /// <summary>Returns the page on which to log out.</summary>
    /// <param name="caller">The member's token.</param>
    /// <param name="postFlowUrl">The address to which the browser goes afterwards.</param>
    /// <param name="ct">The token to monitor for cancellation requests.</param>
    /// <returns>The address of the page; <see langword="null"/> if Wix does not accept the member's token.</returns>
    /// <exception cref="WixApiException">Wix refuses the request.</exception>
    /// <exception cref="WixUnavailableException">Wix did not return a usable response.</exception>
    public Task<Uri?> LogoutAsync(AccessToken caller, string postFlowUrl, CancellationToken ct) => CreateAsync(
        caller,
        isBrowsers: true,
        json =>
        {
            json.WriteStartObject("logout");
            json.WriteString("clientId", _options.ClientId);
            json.WriteEndObject();
            json.WriteStartObject("callbacks");
            json.WriteString("postFlowUrl", postFlowUrl);
            json.WriteEndObject();
        },
        ct);

    private async Task<Uri?> CreateAsync(AccessToken caller, bool isBrowsers, Action<Utf8JsonWriter> write, CancellationToken ct)
    {
        var answer = await http.SendAsync(
            new(WixCircuit.Api, HttpMethod.Post, Path,
                _options.Resilience.RequestTimeout) { Token = caller, Content = () => JsonBody.Of(write) }, ct).ConfigureAwait(false);
        switch (answer.Status)
        {
            case HttpStatusCode.OK when Read(answer) is { } page:
                return page;
            case HttpStatusCode.Unauthorized when WixVerdict.IsWixs(answer):
            case HttpStatusCode.Forbidden when isBrowsers && WixVerdict.IsWixs(answer): // a token of another site or client
                return null;
            case HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.PreconditionRequired
                when WixVerdict.IsWixs(answer):
                LogRefused((int)answer.Status, answer.RequestId);
                throw new WixApiException($"Wix refused a redirect session with {(int)answer.Status}.",
                    answer.Status) { RequestId = answer.RequestId };
            default:
                LogUnusable((int)answer.Status, answer.RequestId);
                throw new WixUnavailableException($"Wix returned no valid redirect session ({(int)answer.Status}).", answer.RetryAfter);
        }
    }

    private Uri? Read(WixAnswer answer) => JsonAnswer.Read(
        answer,
        json => JsonAnswer.Object(json, "redirectSession") is { } session
            && Uri.TryCreate(JsonAnswer.Text(session, "fullUrl"), UriKind.Absolute, out var page) && IsPage(page)
            ? page
            : null);

    // Plain http only where Wix itself is an emulator on this machine.
    private bool IsPage(Uri page) =>
        page.AbsoluteUri.Length <= MaxAddress && page.UserInfo.Length == 0
        && (page.Scheme == Uri.UriSchemeHttps
            || (page.Scheme == Uri.UriSchemeHttp && page.IsLoopback && _options.ApiBaseAddress.IsLoopback));

    [LoggerMessage(1, LogLevel.Error,
        "Wix refused a redirect session with {Status}; is the callback address on the app's list of allowed redirect addresses? Request "
        + "id {RequestId}")]
    private partial void LogRefused(int status, string? requestId);

    [LoggerMessage(2, LogLevel.Warning, "Wix returned no valid redirect session: {Status}; request id {RequestId}")]
    private partial void LogUnusable(int status, string? requestId);
}
