using Endpoints.Wix.Apps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Endpoints.Wix.Auditing;

/// <summary>Registers the sink of audit records.</summary>
internal static class AuditingServices
{
    public static void AddWixAuditing(this IServiceCollection services)
    {
        services.AddSingleton<AuditLog>();
        // A sink that the application has for no app in particular is for all of them: its records name the app.
        services.TryAddSingleton(static services =>
            services is AppServices app && app.Inner.GetService<IWixAuditSink>() is { } sink and not AuditLog
                ? sink : services.GetRequiredService<AuditLog>());
        services.AddSingleton<AuditedCalls>();
    }
}
