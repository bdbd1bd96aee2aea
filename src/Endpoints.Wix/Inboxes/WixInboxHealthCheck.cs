using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Endpoints.Wix.Inboxes;

/// <summary>Checks whether the inbox stores events, whether events have failed, and whether they are handled in time.</summary>
internal sealed class WixInboxHealthCheck(IInboxStore store, InboxOutages outages, TimeSpan oldestAge) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        InboxCounts counts;
        try
        {
            counts = await store.CountAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (InboxUnavailableException)
        {
            return new(context.Registration.FailureStatus, "The inbox is not available. Events are rejected.");
        }

        var data = new Dictionary<string, object>
        {
            ["waiting"] = counts.Waiting, ["running"] = counts.Running, ["failed"] = counts.Failed,
            ["oldestAgeSeconds"] = Math.Round(counts.OldestAge.TotalSeconds),
        };
        return outages.IsRefusing
                ? new(context.Registration.FailureStatus, "The inbox can't store events. They are rejected.", data: data)
            : counts.Failed > 0
                ? HealthCheckResult.Degraded("Events have failed. Use WixInbox to inspect them and to run them again.", data: data)
            : counts.OldestAge > oldestAge
                ? HealthCheckResult.Degraded("Stored events wait for too long.", data: data)
            : HealthCheckResult.Healthy(data: data);
    }
}
