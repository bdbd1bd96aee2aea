using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Calls;

/// <summary>How calls are made, as whomever.</summary>
internal static class CallServices
{
    public static void AddWixCalls(this IServiceCollection services)
    {
        services.AddSingleton<WixTransport>();
        services.AddSingleton<Consistency>();
        services.AddSingleton<AdminIdentity.Shared>();
    }
}
