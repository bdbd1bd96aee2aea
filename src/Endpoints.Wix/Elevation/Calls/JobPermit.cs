using Endpoints.Wix.Calls;
using Endpoints.Wix.Http;

namespace Endpoints.Wix.Elevation.Calls;

/// <summary>Represents the right to a call outside requests. A job reads what jobs wrote.</summary>
internal sealed class JobPermit(ElevationAudit audit, CallBudget budget) : CallPermit
{
    public override ValueTask SpendAsync(string subject, CancellationToken ct) => budget.SpendInJobAsync(subject, ct);

    public override ValueTask RefusedAsync(string subject, TimeSpan? retryAfter) => budget.RefusedAsync(subject, retryAfter);

    public override ValueTask AnnounceAsync(OwnClient client, string subject, string? id, WixCall call, CancellationToken ct) =>
        client == OwnClient.Admin
        ? audit.AnnounceAdminAsync(null, new WixHeader(subject, id!), call, ct) // a key is used for something
        : audit.AnnounceAsync(null, id, call, ct);

    public override void Record(OwnClient client, string subject, string? id, WixCall call, int? status, TimeSpan elapsed)
    {
        if (client == OwnClient.Admin)
            audit.RecordAdmin(null, new WixHeader(subject, id!), call, status, elapsed); // a key is used for something
        else
            audit.Record(null, id, call, status, elapsed);
    }
}
