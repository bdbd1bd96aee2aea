using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.ServiceCallers;

/// <summary>Registers what recognizes the keys of services.</summary>
internal static class ServiceCallerServices
{
    /// <summary>Adds the validator, for all apps.</summary>
    public static void AddWixServiceChecks(this IServiceCollection services) =>
        services.AddSingleton<IValidateOptions<WixOptions>, ServiceOptionsCheck>();

    public static void AddWixServiceCallers(this IServiceCollection app)
    {
        app.AddSingleton<IServiceKeys, ServiceRegistry>();
    }
}
