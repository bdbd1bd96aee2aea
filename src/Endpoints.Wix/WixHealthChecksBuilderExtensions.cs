using Endpoints;
using Endpoints.Wix.Health;
using Endpoints.Wix.Inboxes;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides extension methods that add health checks of Wix.</summary>
public static class WixHealthChecksBuilderExtensions
{
    /// <summary>Adds a health check of Wix. The application must have called <c>AddWix</c>.</summary>
    /// <remarks>
    /// The check fails while a circuit to a part of Wix (its APIs, the token endpoint, token-info) is open because that part has not been
    /// answering. It reports degraded health while this machine's clock differs from Wix's by more than a minute. The check is based on the
    /// application's own calls and makes no calls itself.
    /// </remarks>
    /// <param name="builder">The health checks builder.</param>
    /// <param name="name">The name of the health check.</param>
    /// <param name="failureStatus">
    /// The status to report when Wix does not answer. The default is <see cref="HealthStatus.Unhealthy"/>.
    /// </param>
    /// <param name="tags">The tags that can be used to filter health checks.</param>
    /// <returns>The <paramref name="builder"/>, so that calls can be chained.</returns>
    public static IHealthChecksBuilder AddWix(this IHealthChecksBuilder builder, string name = "wix", HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<WixHealthCheck>(name, failureStatus, tags ?? []);
    }

    /// <summary>
    /// Adds a health check of the inbox, which stores events until they have been handled. The application must have called
    /// <c>AddWix</c>.
    /// </summary>
    /// <remarks>
    /// The check fails while events can't be stored, and Wix delivers them again. It reports degraded health while there are failed events,
    /// and while the oldest stored event is older than <paramref name="oldestAge"/>.
    /// </remarks>
    /// <param name="builder">The health checks builder.</param>
    /// <param name="name">The name of the health check.</param>
    /// <param name="failureStatus">
    /// The status to report when events can't be stored. The default is <see cref="HealthStatus.Unhealthy"/>.
    /// </param>
    /// <param name="tags">The tags that can be used to filter health checks.</param>
    /// <param name="oldestAge">The age of a stored event that is too much. The default is 15 minutes.</param>
    /// <returns>The <paramref name="builder"/>, so that calls can be chained.</returns>
    public static IHealthChecksBuilder AddWixInbox(this IHealthChecksBuilder builder, string name = "wix-inbox",
        HealthStatus? failureStatus = null, IEnumerable<string>? tags = null, TimeSpan? oldestAge = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new(
            name,
            services => new WixInboxHealthCheck(services.GetRequiredService<IInboxStore>(), services.GetRequiredService<InboxOutages>(),
                oldestAge ?? TimeSpan.FromMinutes(15)),
            failureStatus, tags ?? []));
    }
}
