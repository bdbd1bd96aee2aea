using System.Net;
using Endpoints.Wix.Errors;
using Endpoints.Wix.Http;
using Endpoints.Wix.Tokens;

namespace Endpoints.Wix.Calls;

/// <summary>One call under one identity.</summary>
internal abstract class WixCallScope
{
    /// <summary>Cancelled when the right to make the call ends.</summary>
    public abstract CancellationToken Ending { get; }

    /// <summary>What goes with the token; null for a token that says everything itself.</summary>
    public virtual WixHeader? Header => null;

    /// <exception cref="ObjectDisposedException">The handler or the request has ended.</exception>
    /// <exception cref="WixApiException">The caller's right has ended.</exception>
    public abstract void Demand();

    /// <summary>The token to send.</summary>
    public abstract ValueTask<AccessToken> TokenAsync(CancellationToken ct);

    /// <summary>Gets the app's token on an instance.</summary>
    /// <param name="tokens">The app's tokens.</param>
    /// <param name="instanceId">The instance; null for the site of the app's headless project.</param>
    /// <param name="place">Where the app has to be installed, as a message has it.</param>
    /// <param name="ct">The token to monitor for cancellation requests.</param>
    /// <exception cref="WixApiException">Wix refuses the app a token there.</exception>
    protected static async ValueTask<AccessToken> AppTokenAsync(AppTokens tokens, string? instanceId, string place, CancellationToken ct)
    {
        try
        {
            return await tokens.GetAsync(instanceId, ct).ConfigureAwait(false);
        }
        catch (TokenRefusedException e)
        {
            throw new WixApiException(
                $"Wix issues no token for the app ({e.Status}). Check the client id, the secret and the instance id, and that the app is still installed {place}.",
                (HttpStatusCode)e.Status)
            {
                IsElevated = true,
                IsTokenRefusal = true,
            };
        }
    }

    /// <summary>Hears that Wix does not accept the token.</summary>
    /// <returns>Whether <see cref="TokenAsync"/> may give a better one now.</returns>
    public abstract bool Reject(AccessToken token);

    /// <summary>Whose later calls shall see what this one wrote. Asked once there is a token.</summary>
    public abstract ConsistencySlot Consistency { get; }

    /// <summary>Hears what Wix answered, each time that it does.</summary>
    public virtual void Answered(WixAnswer answer)
    {
    }

    /// <summary>Hears how the call ended.</summary>
    public virtual void Close(int? status, TimeSpan elapsed)
    {
    }
}
