namespace Endpoints.Wix;

/// <summary>
/// Says whose a caller's token is. Register one to ask somebody else than Wix's token-info, or decorate the one that is there.
/// </summary>
/// <remarks>
/// <para>
/// It decides who a caller is, and nothing checks it: it must verify the token itself, and take nothing from the request. Answers are kept
/// as <see cref="WixTokenInfoOptions"/> says, calls are limited for each client address, and requests with one token share one call, so a
/// source keeps nothing.
/// </para>
/// <para>
/// It fails closed. <see langword="null"/> is a token that nobody accepts (401), and so is an answer about another app, of no single kind
/// of caller, without an id, or that has expired. A source that throws, or that does not answer within
/// <see cref="WixResilienceOptions.TokenTimeout"/>, could not be asked (503).
/// </para>
/// </remarks>
public interface IWixTokenInfoSource
{
    /// <summary>Gets whose a token is.</summary>
    /// <param name="token">The token that a caller has presented.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>Whose it is; <see langword="null"/> if it is not accepted.</returns>
    /// <exception cref="WixUnavailableException">Nobody can say for now.</exception>
    ValueTask<WixTokenInfo?> GetTokenInfoAsync(AccessToken token, CancellationToken cancellationToken);
}
