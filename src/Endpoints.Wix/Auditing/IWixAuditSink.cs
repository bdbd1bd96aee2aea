namespace Endpoints.Wix;

/// <summary>
/// Keeps the record of calls that are made as the app or with the API key. Register one to keep it elsewhere than in the log, or decorate
/// the one that is there.
/// </summary>
/// <remarks>
/// It fails closed. A sink whose <see cref="BeforeCallAsync"/> throws, or does not end within
/// <see cref="WixResilienceOptions.RequestTimeout"/>, stops the call: nothing is sent, and the call ends with a
/// <see cref="WixUnavailableException"/>. What <see cref="AfterCall"/> throws is logged as an error, and the record goes to the log
/// instead, since the call has been made by then. Calls may run at the same time.
/// </remarks>
public interface IWixAuditSink
{
    /// <summary>Is told that a call is about to be sent. It may be told again of the same call's end, by <see cref="AfterCall"/>.</summary>
    /// <param name="entry">The call, without <see cref="WixAuditEntry.Status"/>.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    ValueTask BeforeCallAsync(WixAuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Is told that a call has ended, or was denied. It must not block.</summary>
    /// <param name="entry">The call.</param>
    void AfterCall(WixAuditEntry entry);
}
