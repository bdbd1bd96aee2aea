using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Endpoints.Updates;

/// <summary>Adds what builds the routes again after a hot-reload update.</summary>
internal static class UpdateServices
{
    public static void AddHotReload(this IServiceCollection services) => services.TryAddSingleton<HotReload>();
}
