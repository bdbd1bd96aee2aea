using Endpoints.Wix.Calls;
using Endpoints.Wix.Http;
using Endpoints.Wix.Telemetry;

namespace Endpoints.Wix.Elevation.Calls;

/// <summary>The right to a call under a request's grant.</summary>
internal sealed class GrantPermit(ElevationGrant grant, ElevationAudit audit) : CallPermit
{
    public override CallOrigin? Origin => grant.Origin;

    public override CancellationToken EndingWithin(TimeSpan longest) => grant.EndingWithin(longest);

    public override void Demand() => grant.Demand();

    public override ValueTask ConfirmAsync(CancellationToken ct) => grant.ConfirmAsync(ct);

    /// <summary>A caller reads what was written for that caller.</summary>
    public override string? ConsistencyKey(string subject) => grant.Caller.Key is { } caller ? $"{subject}\n{caller}" : null;

    public override void Record(WixHeader subject, WixCall call, int? status, TimeSpan elapsed) =>
        audit.RecordAdmin(grant, subject, call.Method.Method, call.Template, status, elapsed);
}
