using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Elevation;

/// <summary>Leaves a record of each call that was made, or tried, as the app.</summary>
internal sealed partial class ElevationAudit(ILogger<ElevationAudit> logger)
{
    /// <summary>Records a call.</summary>
    /// <param name="grant">Under which grant.</param>
    /// <param name="instanceId">As which instance of the app.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="template">The path at Wix, its arguments as placeholders.</param>
    /// <param name="status">Wix's status; null when there was no answer.</param>
    /// <param name="elapsed">How long it took.</param>
    public void Record(ElevationGrant grant, string? instanceId, string method, string template, int? status, TimeSpan elapsed) => LogCall(
        grant.Endpoint.Name, grant.Caller.Kind, grant.Caller.Id, instanceId, method, template, status, elapsed.TotalMilliseconds);

    /// <summary>Records a call that the endpoint's <c>Only</c> does not cover.</summary>
    public void RecordDenied(ElevationGrant grant, string method, string template) =>
        LogDenied(grant.Endpoint.Name, grant.Caller.Kind, grant.Caller.Id, method, template);

    [LoggerMessage(1, LogLevel.Information,
        "Elevated call: {Endpoint} for {CallerKind} {CallerId} as instance {InstanceId}: {Method} {Path} answered {Status} in {ElapsedMilliseconds} ms")]
    private partial void LogCall(
        string endpoint, Callers callerKind, string? callerId, string? instanceId, string method, string path, int? status, double elapsedMilliseconds);

    [LoggerMessage(2, LogLevel.Warning, "Elevated call denied: {Endpoint} for {CallerKind} {CallerId}: {Method} {Path} is not in its Only")]
    private partial void LogDenied(string endpoint, Callers callerKind, string? callerId, string method, string path);
}
