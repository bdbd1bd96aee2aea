using Endpoints.Wix.Calls;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Clients;

/// <summary>Registers the clients that call with the application's own credentials.</summary>
internal static class ClientServices
{
    public static void AddWixClients(this IServiceCollection services)
    {
        services.AddTransient(static scope =>
        {
            var app = scope.ForApp();
            return new AdminWixClient(
                app.GetRequiredService<WixTransport>(), app.GetRequiredService<AdminIdentity.Shared>().For(scope));
        });
        services.AddTransient(static scope =>
        {
            var app = scope.ForApp();
            return new AppWixClient(
                app.GetRequiredService<WixTransport>(), app.GetRequiredService<AppInstanceIdentity.Shared>().For(scope));
        });
    }
}
