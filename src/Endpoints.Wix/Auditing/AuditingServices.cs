using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Endpoints.Wix.Auditing;

/// <summary>Registers the sink of audit records.</summary>
internal static class AuditingServices
{
    public static void AddWixAuditing(this IServiceCollection services)
    {
        services.AddSingleton<AuditLog>();
        services.TryAddSingleton<IWixAuditSink>(static services => services.GetRequiredService<AuditLog>());
        services.AddSingleton<AuditedCalls>();
    }
}
