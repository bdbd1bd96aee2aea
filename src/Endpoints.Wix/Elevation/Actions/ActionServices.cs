using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Endpoints.Wix.Elevation.Actions;

/// <summary>Registers the guards of controllers' actions.</summary>
internal static class ActionServices
{
    public static void AddWixActions(this IServiceCollection services)
    {
        services.AddSingleton<ElevatedActionGuard>();
        services.AddSingleton<ElevatedActionGrant>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IActionDescriptorProvider, ElevatedActions>());
    }
}
