using Endpoints.Wix.Calls;
using Endpoints.Wix.Http;
using Endpoints.Wix.Telemetry;

namespace Endpoints.Wix.Elevation.Calls;

/// <summary>Represents the right to a call under a request's grant.</summary>
internal sealed class GrantPermit(ElevationGrant grant, ElevationAudit audit, CallBudget budget, string? ownInstanceId) : CallPermit
{
    public override CallOrigin? Origin => grant.Origin;

    public override CancellationToken EndingWithin(TimeSpan longest) => grant.EndingWithin(longest);

    public override void Demand() => grant.Demand();

    public override ValueTask ConfirmAsync(CancellationToken ct) => grant.ConfirmAsync(ct);

    public override ValueTask SpendAsync(string subject, CancellationToken ct) => budget.SpendAsync(grant, subject, ct);

    public override ValueTask RefusedAsync(string subject, TimeSpan? retryAfter) => budget.RefusedAsync(subject, retryAfter);

    /// <summary>Returns the consistency key of the caller, so that a caller reads what was written for it.</summary>
    public override string? ConsistencyKey(string subject) => grant.Caller.Key is { } caller ? $"{subject}\n{caller}" : null;

    /// <summary>
    /// Ensures that a call in a request uses the instance of its caller. Nothing in the request can choose another instance.
    /// </summary>
    public override void DemandInstance(string? instanceId)
    {
        if (!string.Equals(instanceId, grant.Caller.InstanceId ?? ownInstanceId, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException(
                $"AppWixClient acts on the caller's own instance in a request, and {grant.Endpoint.Name} names another. Use "
                + "ElevatedWixClient, which has no choice, or make the call in a job.");
        }
    }

    public override ValueTask AnnounceAsync(OwnClient client, string subject, string? id, WixCall call, CancellationToken ct) =>
        client == OwnClient.Admin
        ? audit.AnnounceAdminAsync(grant, new WixHeader(subject, id!), call, ct) // a key is used for something
        : audit.AnnounceAsync(grant, id, call, ct);

    public override void Record(OwnClient client, string subject, string? id, WixCall call, int? status, TimeSpan elapsed)
    {
        if (client == OwnClient.Admin)
            audit.RecordAdmin(grant, new WixHeader(subject, id!), call, status, elapsed); // a key is used for something
        else
            audit.Record(grant, id, call, status, elapsed);
    }
}
