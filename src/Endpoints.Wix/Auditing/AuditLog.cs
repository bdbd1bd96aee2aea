using Endpoints.Wix.Values;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Auditing;

/// <summary>The application's log as the audit's sink: the one that is there by default.</summary>
internal sealed partial class AuditLog(ILoggerFactory loggers, AppName app) : IWixAuditSink
{
    // Applications filter by it and keep it apart.
    private const string Category = "Endpoints.Wix.Elevation.ElevationAudit";

    // A named app's is below it, so that a filter for it holds for all apps.
    private readonly ILogger _logger = loggers.CreateLogger(app.IsDefault ? Category : $"{Category}.{app}");

    /// <summary>Gets a value that indicates whether calls that were made are written down. Those that were denied always are.</summary>
    public bool IsEnabled => _logger.IsEnabled(LogLevel.Information);

    public ValueTask BeforeCallAsync(WixAuditEntry entry, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public void AfterCall(WixAuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        switch (entry)
        {
            case { IsDenied: true }:
                LogDenied(entry.Endpoint, entry.CallerKind, entry.CallerId, entry.Method, entry.Path);
                break;
            case { Kind: WixAuditKind.ApiKey, Endpoint: null }:
                LogJobCall(entry.KeySubject, entry.KeySubjectId, entry.Method, entry.Path, entry.Status, entry.Elapsed.TotalMilliseconds);
                break;
            case { Kind: WixAuditKind.ApiKey }:
                LogAdminCall(
                    entry.Endpoint, entry.CallerKind, entry.CallerId, entry.KeySubject, entry.KeySubjectId, entry.Method, entry.Path,
                    entry.Status,
                    entry.Elapsed.TotalMilliseconds);
                break;
            case { Endpoint: null }:
                LogAppJobCall(entry.InstanceId, entry.Method, entry.Path, entry.Status, entry.Elapsed.TotalMilliseconds);
                break;
            case { EventId: not null }:
                LogEventCall(
                    entry.Endpoint, entry.EventId, entry.CallerKind, entry.CallerId, entry.InstanceId, entry.Method, entry.Path,
                    entry.Status, entry.Elapsed.TotalMilliseconds);
                break;
            default:
                LogCall(
                    entry.Endpoint, entry.CallerKind, entry.CallerId, entry.InstanceId, entry.Method, entry.Path, entry.Status,
                    entry.Elapsed.TotalMilliseconds);
                break;
        }
    }

    [LoggerMessage(1, LogLevel.Information,
        "Elevated call: {Endpoint} for {CallerKind} {CallerId} as instance {InstanceId}: {Method} {Path} answered {Status} in "
        + "{ElapsedMilliseconds} ms")]
    private partial void LogCall(
        string? endpoint, Callers? callerKind, string? callerId, string? instanceId, string method, string path, int? status,
        double elapsedMilliseconds);

    [LoggerMessage(2, LogLevel.Warning,
        "Elevated call denied: {Endpoint} for {CallerKind} {CallerId}: {Method} {Path} is not covered by Only")]
    private partial void LogDenied(string? endpoint, Callers? callerKind, string? callerId, string method, string path);

    [LoggerMessage(3, LogLevel.Information,
        "API key call: {Endpoint} for {CallerKind} {CallerId} with {Subject} {SubjectId}: {Method} {Path} answered {Status} in "
        + "{ElapsedMilliseconds} ms")]
    private partial void LogAdminCall(
        string? endpoint, Callers? callerKind, string? callerId, string? subject, string? subjectId, string method, string path,
        int? status, double elapsedMilliseconds);

    [LoggerMessage(4, LogLevel.Information,
        "API key call outside requests with {Subject} {SubjectId}: {Method} {Path} answered {Status} in {ElapsedMilliseconds} ms")]
    private partial void LogJobCall(string? subject, string? subjectId, string method, string path, int? status,
        double elapsedMilliseconds);

    [LoggerMessage(5, LogLevel.Information,
        "App call outside requests as instance {InstanceId}: {Method} {Path} answered {Status} in {ElapsedMilliseconds} ms")]
    private partial void LogAppJobCall(string? instanceId, string method, string path, int? status, double elapsedMilliseconds);

    [LoggerMessage(6, LogLevel.Information,
        "Elevated call: {Endpoint} {EventId} caused by {CallerKind} {CallerId} as instance {InstanceId}: {Method} {Path} answered {Status} "
        + "in {ElapsedMilliseconds} ms")]
    private partial void LogEventCall(
        string? endpoint, string? eventId, Callers? callerKind, string? callerId, string? instanceId, string method, string path,
        int? status, double elapsedMilliseconds);
}
