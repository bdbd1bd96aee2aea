using Endpoints.Wix.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Sharing;

/// <summary>Registers the services with which the nodes of an application share data.</summary>
internal static class SharingServices
{
    public static void AddWixSharing(this IServiceCollection services)
    {
        services.AddSingleton<SharedCache>();
        services.AddSingleton<RemovedInstances>();
        services.Decorate<IAppTokenSource, SharedAppTokens>();
    }
}
