using Endpoints.Wix.Http;
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

    /// <summary>Leaves a record of the call.</summary>
    public abstract void Record(WixHeader subject, WixCall call, int? status, TimeSpan elapsed);
}
