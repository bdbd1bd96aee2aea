using Endpoints.Wix.Auditing;
using Endpoints.Wix.Calls;
using Endpoints.Wix.Http;
using Endpoints.Wix.Values;

namespace Endpoints.Wix.Elevation;

/// <summary>Records each call that was made or attempted as the app or with the API key.</summary>
internal sealed class ElevationAudit(AuditedCalls calls, AppName app)
{
    /// <summary>Announces a call as the app.</summary>
    /// <param name="grant">The grant under which the call is made; <see langword="null"/> outside requests.</param>
    /// <param name="instanceId">The instance of the app as which the call is made.</param>
    /// <param name="call">The call.</param>
    /// <param name="ct">The token to monitor for cancellation requests.</param>
    /// <exception cref="WixUnavailableException">The call can't be recorded and must not be made.</exception>
    public ValueTask AnnounceAsync(ElevationGrant? grant, string? instanceId, WixCall call, CancellationToken ct) =>
        calls.AreAnnounced ? calls.AnnounceAsync(App(grant, instanceId, call, null, default), ct) : ValueTask.CompletedTask;

    /// <summary>Announces a call with the API key.</summary>
    /// <param name="grant">The grant under which the call is made; <see langword="null"/> outside requests.</param>
    /// <param name="subject">The site or account for which the call is made.</param>
    /// <param name="call">The call.</param>
    /// <param name="ct">The token to monitor for cancellation requests.</param>
    /// <exception cref="WixUnavailableException">The call can't be recorded and must not be made.</exception>
    public ValueTask AnnounceAdminAsync(ElevationGrant? grant, WixHeader subject, WixCall call, CancellationToken ct) =>
        calls.AreAnnounced ? calls.AnnounceAsync(Admin(grant, subject, call, null, default), ct) : ValueTask.CompletedTask;

    /// <summary>Records a call as the app.</summary>
    /// <param name="grant">The grant under which the call is made; <see langword="null"/> outside requests.</param>
    /// <param name="instanceId">The instance of the app as which the call is made.</param>
    /// <param name="call">The call.</param>
    /// <param name="status">The status code of Wix's response; <see langword="null"/> if there was no response.</param>
    /// <param name="elapsed">The duration of the call.</param>
    public void Record(ElevationGrant? grant, string? instanceId, WixCall call, int? status, TimeSpan elapsed)
    {
        if (calls.AreRecorded)
            calls.Record(App(grant, instanceId, call, status, elapsed));
    }

    /// <summary>Records a call with the API key.</summary>
    /// <param name="grant">The grant under which the call is made; <see langword="null"/> outside requests.</param>
    /// <param name="subject">The site or account for which the call is made.</param>
    /// <param name="call">The call.</param>
    /// <param name="status">The status code of Wix's response; <see langword="null"/> if there was no response.</param>
    /// <param name="elapsed">The duration of the call.</param>
    public void RecordAdmin(ElevationGrant? grant, WixHeader subject, WixCall call, int? status, TimeSpan elapsed)
    {
        if (calls.AreRecorded)
            calls.Record(Admin(grant, subject, call, status, elapsed));
    }

    /// <summary>Records a call that the endpoint's <c>Only</c> does not cover.</summary>
    public void RecordDenied(ElevationGrant grant, WixCall call) =>
        calls.Record(new(WixAuditKind.Elevated, app.Value, call.Method.Method, call.Template)
    {
        Endpoint = grant.Endpoint.Name,
        CallerKind = grant.Caller.Kind,
        CallerId = grant.Caller.Id,
        EventId = grant.EventId,
        IsDenied = true,
    });

    private WixAuditEntry App(ElevationGrant? grant, string? instanceId, WixCall call, int? status, TimeSpan elapsed) =>
        new(grant is null ? WixAuditKind.App : WixAuditKind.Elevated, app.Value, call.Method.Method, call.Template)
        {
            Endpoint = grant?.Endpoint.Name,
            CallerKind = grant?.Caller.Kind,
            CallerId = grant?.Caller.Id,
            EventId = grant?.EventId,
            InstanceId = instanceId,
            Status = status,
            Elapsed = elapsed,
        };

    private WixAuditEntry Admin(ElevationGrant? grant, WixHeader subject, WixCall call, int? status, TimeSpan elapsed) =>
        new(WixAuditKind.ApiKey, app.Value, call.Method.Method, call.Template)
        {
            Endpoint = grant?.Endpoint.Name,
            CallerKind = grant?.Caller.Kind,
            CallerId = grant?.Caller.Id,
            EventId = grant?.EventId,
            KeySubject = subject.Name,
            KeySubjectId = subject.Value,
            Status = status,
            Elapsed = elapsed,
        };
}
