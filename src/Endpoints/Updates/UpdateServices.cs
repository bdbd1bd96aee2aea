using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Endpoints.Updates;

/// <summary>Adds the services that rebuild the routes after a hot-reload update.</summary>
internal static class UpdateServices
{
    public static void AddHotReload(this IServiceCollection services) => services.TryAddSingleton<HotReload>();
}
