using Endpoints.Wix.Values;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Introspection;

/// <summary>Asks whose a token is, and holds a source of the application's own to what Wix's is held to.</summary>
internal sealed partial class CheckedTokenInfo(IWixTokenInfoSource source, IOptions<WixOptions> options, ILogger<CheckedTokenInfo> logger)
{
    private readonly TimeSpan _patience = options.Value.Resilience.TokenTimeout;
    private readonly TokenInfoEndpoint? _endpoint = source as TokenInfoEndpoint;

    /// <summary>Returns the information about a token, or <see langword="null"/> if the token isn't accepted.</summary>
    /// <exception cref="WixUnavailableException">Nobody could say.</exception>
    public Task<TokenInfo?> AskAsync(AccessToken token) =>
        // It ends by its own limit, of which its circuit has to hear.
        _endpoint is not null ? _endpoint.AskAsync(token, CancellationToken.None) : AskOtherAsync(token);

    private async Task<TokenInfo?> AskOtherAsync(AccessToken token)
    {
        using var limit = new CancellationTokenSource(_patience);
        try
        {
            // Off this flow: one that blocks must not block who shares the wait.
            var info = await Task.Run(() => source.GetTokenInfoAsync(token, limit.Token).AsTask(), limit.Token).WaitAsync(limit.Token)
                .ConfigureAwait(false);
            return info is null
                ? null
                : new(
                    IsActive: true,
                    info.Kind is Callers.Visitor or Callers.Member or Callers.User or Callers.App ? info.Kind : null,
                    Known(info.Id),
                    info.ExpiresAt,
                    info.IssuedAt,
                    Known(info.ClientId),
                    Known(info.SiteId),
                    Known(info.InstanceId));
        }
        catch (Exception e) when (e is not WixUnavailableException)
        {
            LogFailed(e.GetType().Name);
            throw new WixUnavailableException("The token-info source failed.");
        }
    }

    // An id with characters that no id has is as good as none.
    private static string? Known(string? id) => id is not null && Identifier.IsValid(id) ? id : null;

    [LoggerMessage(1, LogLevel.Error, "The token-info source failed: {Error}")]
    private partial void LogFailed(string error);
}
