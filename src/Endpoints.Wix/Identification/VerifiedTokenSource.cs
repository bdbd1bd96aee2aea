using Endpoints.Wix.Errors;
using Endpoints.Wix.Tokens;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Identification;

/// <summary>
/// Asks Wix for the owner of each app token from the application's own source. Elevation acts on the caller's instance and on no other.
/// </summary>
/// <remarks>Wix's token endpoint answers for the instance it was asked about, and is not asked twice.</remarks>
internal sealed partial class VerifiedTokenSource(IAppTokenSource inner, IWixTokenSource source, TokenInspector inspector,
    ILogger<VerifiedTokenSource> logger) : IAppTokenSource
{
    private const int Forbidden = 403;

    public async Task<IssuedToken> IssueAsync(TokenKey key, AccessToken? refused, CancellationToken ct)
    {
        var issued = await inner.IssueAsync(key, refused, ct).ConfigureAwait(false);
        if (source is EndpointTokenSource)
            return issued;
        var owner = (await inspector.InspectAsync(issued.Token, client: null, ct).ConfigureAwait(false)).Caller;
        if (owner is { Kind: Callers.App }
            && (key.InstanceId is null || string.Equals(owner.InstanceId, key.InstanceId, StringComparison.OrdinalIgnoreCase)))
            return issued;
        LogAnothers(key.InstanceId);
        throw new TokenRefusedException(Forbidden);
    }

    [LoggerMessage(1, LogLevel.Error,
        "The token source returned a token that does not belong to the app on instance {InstanceId}. It is not used")]
    private partial void LogAnothers(string? instanceId);
}
