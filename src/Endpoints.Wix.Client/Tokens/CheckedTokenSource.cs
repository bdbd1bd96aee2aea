using Endpoints.Wix.Errors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Tokens;

/// <summary>Checks the tokens of the application's own source: anything that is not a usable token counts as none.</summary>
internal sealed partial class CheckedTokenSource(IWixTokenSource source, IOptions<WixClientOptions> options, TimeProvider time,
    ILogger<CheckedTokenSource> logger)
    : IAppTokenSource
{
    // Wix's tokens last four hours; a year is an answer gone wrong.
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(366);

    private readonly TimeSpan _patience = options.Value.Resilience.TokenTimeout;

    public bool IsReplaced => source is not EndpointTokenSource;

    public async Task<IssuedToken> IssueAsync(TokenKey key, AccessToken? refused, CancellationToken ct)
    {
        var asked = time.GetUtcNow();
        var token = await GetAsync(new(key.ClientId, key.InstanceId, refused), ct).ConfigureAwait(false);
        var flaw = token switch
        {
            null => "it gave none",
            _ when token.ExpiresAt <= time.GetUtcNow() => "it had expired",
            _ when token.ExpiresAt > asked + LongestLife => "it is valid for longer than a year",
            _ when token.AccessToken.Equals(refused) => "it is the token that Wix rejected",
            _ => null,
        };
        if (flaw is null)
            return new(token!.AccessToken, asked, token.ExpiresAt, RefreshToken: null); // there is one
        LogUnusable(flaw);
        throw new WixUnavailableException($"The token source returned an invalid token: {flaw}.");
    }

    private async Task<WixToken?> GetAsync(WixTokenRequest request, CancellationToken ct)
    {
        // The endpoint ends by its own limit, of which its circuit has to hear.
        if (!IsReplaced)
            return await Known(source.GetTokenAsync(request, ct).AsTask()).ConfigureAwait(false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_patience);
        try
        {
            // Off this flow: one that blocks must not block who shares the wait.
            return await Known(Task.Run(() => source.GetTokenAsync(request, limit.Token).AsTask(), limit.Token).WaitAsync(limit.Token))
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (WixUnavailableException or TokenRefusedException) && !ct.IsCancellationRequested)
        {
            LogFailed(e.GetType().Name);
            throw new WixUnavailableException("The token source failed.");
        }
    }

    private static async Task<WixToken?> Known(Task<WixToken> asking)
    {
        try
        {
            return await asking.ConfigureAwait(false);
        }
        catch (WixApiException e)
        {
            throw new TokenRefusedException((int)e.Status);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The token source returned an invalid token: {Flaw}")]
    private partial void LogUnusable(string flaw);

    [LoggerMessage(2, LogLevel.Error, "The token source failed: {Error}")]
    private partial void LogFailed(string error);
}
