using Endpoints.Wix.Http;

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

    /// <summary>Hears that Wix does not accept the token.</summary>
    /// <returns>Whether <see cref="TokenAsync"/> may give a better one now.</returns>
    public abstract bool Reject(AccessToken token);

    /// <summary>Whose later calls shall see what this one wrote. Asked once there is a token.</summary>
    public abstract ConsistencySlot Consistency { get; }

    /// <summary>Hears how the call ended.</summary>
    public virtual void Close(int? status, TimeSpan elapsed)
    {
    }
}
