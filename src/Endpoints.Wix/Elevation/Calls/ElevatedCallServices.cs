using Endpoints.Wix.Calls;
using Endpoints.Wix.Identification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Endpoints.Wix.Elevation.Calls;

/// <summary>Registers calls as the app, within a grant.</summary>
internal static class ElevatedCallServices
{
    public static void AddWixElevatedCalls(this IServiceCollection services)
    {
        // In the place of whatever else lets calls pass: a request's code has none but those that its guards have granted.
        services.Replace(ServiceDescriptor.Singleton<ICallGates, GuardedCallGates>());
        services.AddSingleton<CallBudget>();
        services.AddSingleton<AppIdentity.Shared>();
        services.AddScoped(
            static scope => new AppIdentity(CurrentRequest.TieTo(scope), granted: null, scope.GetRequiredService<AppIdentity.Shared>()));
        services.AddScoped(static scope => new WixAuth(scope.GetRequiredService<AppIdentity>()));
        services.AddScoped(
            static scope => new ElevatedWixClient(new(scope.GetRequiredService<WixTransport>(), scope.GetRequiredService<AppIdentity>())));
    }
}
