using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.ServiceCallers;

/// <summary>Registers what recognizes the keys of services.</summary>
internal static class ServiceCallerServices
{
    public static void AddWixServiceCallers(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<WixOptions>, ServiceOptionsCheck>();
        services.AddSingleton<IServiceKeys, ServiceRegistry>();
    }
}
