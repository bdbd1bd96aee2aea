using System.Net;
using Endpoints.Wix.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Introspection;

/// <summary>Wix's token-info: the source that is there by default.</summary>
internal sealed partial class TokenInfoEndpoint(WixHttp http, IOptions<WixOptions> options,
    ILogger<TokenInfoEndpoint> logger) : IWixTokenInfoSource
{
    private const string Path = "/oauth2/token-info";

    private readonly TimeSpan _timeout = options.Value.Resilience.TokenTimeout;

    public async ValueTask<WixTokenInfo?> GetTokenInfoAsync(AccessToken token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        return await AskAsync(token, cancellationToken)
            .ConfigureAwait(false) is { IsActive: true, Kind: { } kind, SubjectId: { } id, ClientId: { } client, Expires: { } expires } info
            ? new()
            {
                Kind = kind,
                Id = id,
                ClientId = client,
                ExpiresAt = expires,
                IssuedAt = info.Issued,
                SiteId = info.SiteId,
                InstanceId = info.InstanceId,
            }
            : null;
    }

    /// <summary>Returns Wix's information about a token, or <see langword="null"/> if Wix doesn't accept the token.</summary>
    /// <exception cref="WixUnavailableException">Wix could not be asked, or its answer says nothing.</exception>
    public async Task<TokenInfo?> AskAsync(AccessToken token, CancellationToken ct)
    {
        var answer = await CallAsync(token, ct).ConfigureAwait(false);
        return answer.Status switch
        {
            HttpStatusCode.OK when TokenInfo.Read(answer) is { } info => info,
            _ when WixVerdict.IsRefusal(answer) => null,
            _ => throw Unusable(answer),
        };
    }

    private async Task<WixAnswer> CallAsync(AccessToken token, CancellationToken ct)
    {
        try
        {
            return await http.SendAsync(
                new(WixCircuit.TokenInfo, HttpMethod.Post, Path, _timeout)
                {
                    Content = () => JsonBody.Of(json => json.WriteString("token", token.Reveal())),
                    IsRepeatable = true,
                    IsStrangers = true,
                },
                ct).ConfigureAwait(false);
        }
        catch (WixUnavailableException e)
        {
            LogUnavailable(e.Message);
            throw;
        }
    }

    private WixUnavailableException Unusable(WixAnswer answer)
    {
        LogUnusable((int)answer.Status, answer.RequestId);
        return new($"Wix's token-info endpoint returned an unexpected response ({(int)answer.Status}).",
            answer.RetryAfter) { IsUnusable = !answer.SaysThatWixIsDown };
    }

    [LoggerMessage(2, LogLevel.Warning, "Wix's token-info endpoint returned an unexpected response: {Status}; request id {RequestId}")]
    private partial void LogUnusable(int status, string? requestId);

    [LoggerMessage(3, LogLevel.Warning, "Wix's token-info endpoint can't be reached: {Reason}")]
    private partial void LogUnavailable(string reason);
}
