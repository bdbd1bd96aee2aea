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
        services.AddScoped(static scope => new WixAuth(Identity(scope)));
        services.AddScoped(static scope => new ElevatedWixClient(new(scope.GetRequiredService<WixTransport>(), Identity(scope))));
    }

    // No service of its own: that would cost each request more than a second one costs a request with both clients.
    private static AppIdentity Identity(IServiceProvider scope) =>
        new(CurrentRequest.TieTo(scope), granted: null, scope.GetRequiredService<AppIdentity.Shared>());
}
