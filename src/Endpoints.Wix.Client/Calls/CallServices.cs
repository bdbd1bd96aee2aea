using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Endpoints.Wix.Calls;

/// <summary>Registers the services that make calls under any identity.</summary>
internal static class CallServices
{
    public static void AddWixCalls(this IServiceCollection services)
    {
        services.AddSingleton<WixTransport>();
        services.AddSingleton<Consistency>();
        services.TryAddSingleton<ICallGates, FreeCallGates>();
        services.AddSingleton<AdminIdentity.Shared>();
        services.AddSingleton<AppInstanceIdentity.Shared>();
    }
}
