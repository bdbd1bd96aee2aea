using Endpoints.Wix.Telemetry;

namespace Endpoints.Wix.Calls;

/// <summary>The right to make one call with the application's own credentials.</summary>
internal abstract class CallPermit
{
    /// <summary>The request that the call is made in; null for none.</summary>
    public virtual CallOrigin? Origin => null;

    /// <summary>Cancelled when the right ends.</summary>
    /// <param name="longest">How long a call may take.</param>
    public virtual CancellationToken EndingWithin(TimeSpan longest) => CancellationToken.None;

    /// <summary>Makes sure that the right has not ended.</summary>
    public virtual void Demand()
    {
    }

    /// <summary>Makes sure that the right holds, which may mean to ask Wix.</summary>
    public virtual ValueTask ConfirmAsync(CancellationToken ct) => ValueTask.CompletedTask;

    /// <summary>Under what the call's <c>X-Wix-Consistent</c> is kept; null for nothing.</summary>
    /// <param name="subject">What the credential is used for.</param>
    public virtual string? ConsistencyKey(string subject) => subject;

    /// <summary>Makes sure that the call may be made on an instance of the app.</summary>
    /// <exception cref="InvalidOperationException">It is another one than the caller's.</exception>
    public virtual void DemandInstance(string? instanceId)
    {
    }

    /// <summary>Says that the call is about to be sent.</summary>
    /// <param name="client">The client that makes it.</param>
    /// <param name="subject">What the credential is used for: a site, an account, an instance.</param>
    /// <param name="id">Which; null for the site of the app's headless project.</param>
    /// <param name="call">The call.</param>
    /// <param name="ct">The token to monitor for cancellation requests.</param>
    /// <exception cref="WixUnavailableException">It can't be recorded, and must not be made.</exception>
    public virtual ValueTask AnnounceAsync(OwnClient client, string subject, string? id, WixCall call, CancellationToken ct) => ValueTask.CompletedTask;

    /// <summary>Leaves a record of the call.</summary>
    /// <param name="client">The client that made it.</param>
    /// <param name="subject">What the credential was used for: a site, an account, an instance.</param>
    /// <param name="id">Which; null for the site of the app's headless project.</param>
    /// <param name="call">The call.</param>
    /// <param name="status">Wix's status; null when there was no answer.</param>
    /// <param name="elapsed">How long it took.</param>
    public abstract void Record(OwnClient client, string subject, string? id, WixCall call, int? status, TimeSpan elapsed);
}
