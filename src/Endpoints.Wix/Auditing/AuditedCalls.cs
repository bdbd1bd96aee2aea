using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Auditing;

/// <summary>Hands records to the application's sink. Where that fails, no further call is made, and what was made is in the log.</summary>
internal sealed partial class AuditedCalls(IWixAuditSink sink, AuditLog log, IOptions<WixOptions> options, ILogger<AuditedCalls> logger)
{
    private readonly TimeSpan _patience = options.Value.Resilience.RequestTimeout;

    /// <summary>Gets a value that indicates whether the sink is told of calls before they are sent.</summary>
    public bool AreAnnounced { get; } = sink is not AuditLog;

    /// <summary>Gets a value that indicates whether anybody is told of calls that were made.</summary>
    public bool AreRecorded => AreAnnounced || log.IsEnabled;

    /// <summary>Tells the sink of a call that is about to be sent.</summary>
    /// <exception cref="WixUnavailableException">It failed, or took too long: the call must not be made.</exception>
    public async ValueTask AnnounceAsync(WixAuditEntry entry, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_patience);
        try
        {
            await sink.BeforeCallAsync(entry, limit.Token).AsTask().WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogFailed(e);
            throw new WixUnavailableException("The audit sink failed, and the call was not made.");
        }
    }

    /// <summary>Records a call that has ended, or was denied.</summary>
    public void Record(WixAuditEntry entry)
    {
        try
        {
            sink.AfterCall(entry);
        }
        catch (Exception e)
        {
            LogFailed(e);
            log.AfterCall(entry);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The audit sink failed")]
    private partial void LogFailed(Exception cause);
}
