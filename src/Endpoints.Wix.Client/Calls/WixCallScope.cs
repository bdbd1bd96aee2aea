using System.Net;
using Endpoints.Wix.Errors;
using Endpoints.Wix.Http;
using Endpoints.Wix.Tokens;

namespace Endpoints.Wix.Calls;

/// <summary>Represents one call under one identity.</summary>
internal abstract class WixCallScope : IRetriedCall
{
    /// <summary>Gets a token that is canceled when the right to make the call ends.</summary>
    public abstract CancellationToken Ending { get; }

    /// <summary>Gets the header that accompanies the token; <see langword="null"/> for a token that is sufficient by itself.</summary>
    public virtual WixHeader? Header => null;

    /// <exception cref="ObjectDisposedException">The handler or the request has ended.</exception>
    /// <exception cref="WixApiException">The caller's right has ended.</exception>
    public abstract void Demand();

    /// <summary>Returns the token to send.</summary>
    public abstract ValueTask<AccessToken> TokenAsync(CancellationToken ct);

    /// <summary>Gets the app's token on an instance.</summary>
    /// <param name="tokens">The app's tokens.</param>
    /// <param name="instanceId">The instance; <see langword="null"/> for the site of the app's headless project.</param>
    /// <param name="place">The place where the app must be installed, as a message names it.</param>
    /// <param name="isCallers">
    /// <see langword="true"/> if Wix named the instance in the caller's token; otherwise, <see langword="false"/>.
    /// </param>
    /// <param name="ct">The token to monitor for cancellation requests.</param>
    /// <exception cref="WixApiException">Wix refuses the app a token there.</exception>
    protected static async ValueTask<AccessToken> AppTokenAsync(
        AppTokens tokens, string? instanceId, string place, bool isCallers, CancellationToken ct)
    {
        try
        {
            return await tokens.GetAsync(instanceId, ct).ConfigureAwait(false);
        }
        catch (TokenRefusedException e)
        {
            throw new WixApiException(
                $"Wix does not issue a token for the app ({e.Status}). Check the client id, the secret and the instance id, and that the "
                + $"app is still installed {place}.",
                (HttpStatusCode)e.Status)
            {
                IsElevated = true,
                IsTokenRefusal = true,
                // 401 is for credentials that are wrong, whatever the instance.
                IsOfCaller = isCallers && e.Status != (int)HttpStatusCode.Unauthorized,
            };
        }
    }

    /// <summary>Reports that Wix does not accept the token.</summary>
    /// <returns>
    /// <see langword="true"/> if <see cref="TokenAsync"/> may now return a better one; otherwise, <see langword="false"/>.
    /// </returns>
    public abstract bool Reject(AccessToken token);

    /// <summary>Gets the place of the caller whose later calls must see what this one wrote. It is read once there is a token.</summary>
    public abstract ConsistencySlot Consistency { get; }

    /// <inheritdoc/>
    public virtual ValueTask SpendAgainAsync(CancellationToken ct) => ValueTask.CompletedTask;

    /// <summary>Reports Wix's answer, each time that there is one.</summary>
    public virtual ValueTask AnsweredAsync(WixAnswer answer) => ValueTask.CompletedTask;

    /// <summary>Reports the end of the call.</summary>
    public virtual void Close(int? status, TimeSpan elapsed)
    {
    }
}
