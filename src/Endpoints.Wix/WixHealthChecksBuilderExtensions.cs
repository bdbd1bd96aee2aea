using Endpoints.Wix.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Tells ASP.NET Core's health checks how it goes with Wix.</summary>
public static class WixHealthChecksBuilderExtensions
{
    /// <summary>Adds a health check of Wix, for an application that has called <c>AddWix</c>.</summary>
    /// <remarks>
    /// It fails while a part of Wix (its APIs, the token endpoint, token-info) is being left alone because it has not been answering, and is degraded while this machine's clock is more than
    /// a minute from Wix's. It goes by the application's own calls and makes none.
    /// </remarks>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="failureStatus">What a Wix that does not answer is; <see cref="HealthStatus.Unhealthy"/> by default.</param>
    /// <param name="tags">Tags to choose health checks by.</param>
    public static IHealthChecksBuilder AddWix(this IHealthChecksBuilder builder, string name = "wix", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<WixHealthCheck>(name, failureStatus, tags ?? []);
    }
}
