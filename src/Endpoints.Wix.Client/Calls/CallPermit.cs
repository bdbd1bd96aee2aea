using Endpoints.Wix.Telemetry;

namespace Endpoints.Wix.Calls;

/// <summary>Represents the right to make one call with the application's own credentials.</summary>
internal abstract class CallPermit
{
    /// <summary>Gets the request in which the call is made; <see langword="null"/> for none.</summary>
    public virtual CallOrigin? Origin => null;

    /// <summary>Returns a token that is canceled when the right ends.</summary>
    /// <param name="longest">The maximum duration of a call.</param>
    public virtual CancellationToken EndingWithin(TimeSpan longest) => CancellationToken.None;

    /// <summary>Ensures that the right has not ended.</summary>
    public virtual void Demand()
    {
    }

    /// <summary>Ensures that the right still holds, which may require a call to Wix.</summary>
    public virtual ValueTask ConfirmAsync(CancellationToken ct) => ValueTask.CompletedTask;

    /// <summary>Returns the key under which the call's <c>X-Wix-Consistent</c> is kept; <see langword="null"/> to keep none.</summary>
    /// <param name="subject">The target of the credential.</param>
    public virtual string? ConsistencyKey(string subject) => subject;

    /// <summary>Ensures that the call may be made on an instance of the app.</summary>
    /// <exception cref="InvalidOperationException">The instance is not the caller's.</exception>
    public virtual void DemandInstance(string? instanceId)
    {
    }

    /// <summary>Counts that the call is about to be sent, once more for each try.</summary>
    /// <param name="subject">What Wix counts the calls of: an instance, or a site or account of the API key.</param>
    /// <param name="ct">The token to monitor for cancellation requests.</param>
    /// <exception cref="WixUnavailableException">There have been too many.</exception>
    public virtual ValueTask SpendAsync(string subject, CancellationToken ct) => ValueTask.CompletedTask;

    /// <summary>Records that Wix has refused the call because there have been too many.</summary>
    /// <param name="subject">What Wix counts the calls of.</param>
    /// <param name="retryAfter">The time to wait; <see langword="null"/> if Wix did not specify one.</param>
    public virtual ValueTask RefusedAsync(string subject, TimeSpan? retryAfter) => ValueTask.CompletedTask;

    /// <summary>Announces that the call is about to be sent.</summary>
    /// <param name="client">The client that makes it.</param>
    /// <param name="subject">The kind of the credential's target: a site, an account, an instance.</param>
    /// <param name="id">The id of the target; <see langword="null"/> for the site of the app's headless project.</param>
    /// <param name="call">The call.</param>
    /// <param name="ct">The token to monitor for cancellation requests.</param>
    /// <exception cref="WixUnavailableException">The call can't be recorded, and must not be made.</exception>
    public virtual ValueTask AnnounceAsync(OwnClient client, string subject, string? id, WixCall call, CancellationToken ct) =>
        ValueTask.CompletedTask;

    /// <summary>Records the call.</summary>
    /// <param name="client">The client that made it.</param>
    /// <param name="subject">The kind of the credential's target: a site, an account, an instance.</param>
    /// <param name="id">The id of the target; <see langword="null"/> for the site of the app's headless project.</param>
    /// <param name="call">The call.</param>
    /// <param name="status">Wix's status; <see langword="null"/> if there was no answer.</param>
    /// <param name="elapsed">The duration of the call.</param>
    public abstract void Record(OwnClient client, string subject, string? id, WixCall call, int? status, TimeSpan elapsed);
}
