using Endpoints.Wix.Http;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Elevation;

/// <summary>Leaves a record of each call that was made, or tried, as the app or with the API key.</summary>
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

    /// <summary>Records a call with the API key.</summary>
    /// <param name="grant">Under which grant; null outside requests.</param>
    /// <param name="subject">For which site or account.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="template">The path at Wix, its arguments as placeholders.</param>
    /// <param name="status">Wix's status; null when there was no answer.</param>
    /// <param name="elapsed">How long it took.</param>
    public void RecordAdmin(ElevationGrant? grant, WixHeader subject, string method, string template, int? status, TimeSpan elapsed)
    {
        if (grant is null)
            LogJobCall(subject.Name, subject.Value, method, template, status, elapsed.TotalMilliseconds);
        else
            LogAdminCall(grant.Endpoint.Name, grant.Caller.Kind, grant.Caller.Id, subject.Name, subject.Value, method, template, status, elapsed.TotalMilliseconds);
    }

    /// <summary>Records a call as the app that no request is behind.</summary>
    /// <param name="instanceId">As which instance of the app.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="template">The path at Wix, its arguments as placeholders.</param>
    /// <param name="status">Wix's status; null when there was no answer.</param>
    /// <param name="elapsed">How long it took.</param>
    public void RecordJob(string? instanceId, string method, string template, int? status, TimeSpan elapsed) =>
        LogAppJobCall(instanceId, method, template, status, elapsed.TotalMilliseconds);

    [LoggerMessage(1, LogLevel.Information,
        "Elevated call: {Endpoint} for {CallerKind} {CallerId} as instance {InstanceId}: {Method} {Path} answered {Status} in {ElapsedMilliseconds} ms")]
    private partial void LogCall(
        string endpoint, Callers callerKind, string? callerId, string? instanceId, string method, string path, int? status, double elapsedMilliseconds);

    [LoggerMessage(2, LogLevel.Warning, "Elevated call denied: {Endpoint} for {CallerKind} {CallerId}: {Method} {Path} is not in its Only")]
    private partial void LogDenied(string endpoint, Callers callerKind, string? callerId, string method, string path);

    [LoggerMessage(3, LogLevel.Information,
        "API key call: {Endpoint} for {CallerKind} {CallerId} with {Subject} {SubjectId}: {Method} {Path} answered {Status} in {ElapsedMilliseconds} ms")]
    private partial void LogAdminCall(
        string endpoint, Callers callerKind, string? callerId, string subject, string subjectId, string method, string path, int? status, double elapsedMilliseconds);

    [LoggerMessage(4, LogLevel.Information, "API key call outside requests with {Subject} {SubjectId}: {Method} {Path} answered {Status} in {ElapsedMilliseconds} ms")]
    private partial void LogJobCall(string subject, string subjectId, string method, string path, int? status, double elapsedMilliseconds);

    [LoggerMessage(5, LogLevel.Information, "App call outside requests as instance {InstanceId}: {Method} {Path} answered {Status} in {ElapsedMilliseconds} ms")]
    private partial void LogAppJobCall(string? instanceId, string method, string path, int? status, double elapsedMilliseconds);
}
