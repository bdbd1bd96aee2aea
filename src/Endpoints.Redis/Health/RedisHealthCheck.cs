using Endpoints.Redis.Connecting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Endpoints.Redis.Health;

/// <summary>Represents a health check that verifies that Redis responds.</summary>
internal sealed class RedisHealthCheck(RedisConnection redis) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await redis.AskAsync(0, static (database, _) => database.ExecuteAsync("PING"), cancellationToken).ConfigureAwait(false) is not null
            ? HealthCheckResult.Healthy()
            : new(context.Registration.FailureStatus, "Redis does not answer.");
}
