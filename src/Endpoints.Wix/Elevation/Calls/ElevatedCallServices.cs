using Endpoints.Wix.Calls;
using Endpoints.Wix.Identification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Endpoints.Wix.Elevation.Calls;

/// <summary>Registers calls as the app, within a grant.</summary>
internal static class ElevatedCallServices
{
    public static void AddWixElevatedCalls(this IServiceCollection app)
    {
        // In the place of whatever else lets calls pass: a request's code has none but those that its guards have granted.
        app.Replace(ServiceDescriptor.Singleton<ICallGates, GuardedCallGates>());
        app.AddSingleton<CallBudget>();
        app.AddSingleton<AppIdentity.Shared>();
    }

    /// <summary>Adds the clients. They are the current app's, or that of the services that are asked for them.</summary>
    public static void AddWixElevatedClients(this IServiceCollection services)
    {
        services.AddScoped(static scope => new WixAuth(Identity(scope, scope.ForApp())));
        services.AddScoped(static scope =>
        {
            var app = scope.ForApp();
            return new ElevatedWixClient(new(app.GetRequiredService<WixTransport>(), Identity(scope, app)));
        });
    }

    // No service of its own: that would cost each request more than a second one costs a request with both clients.
    private static AppIdentity Identity(IServiceProvider scope, IServiceProvider app) =>
        new(CurrentRequest.TieTo(scope), granted: null, app.GetRequiredService<AppIdentity.Shared>());
}
