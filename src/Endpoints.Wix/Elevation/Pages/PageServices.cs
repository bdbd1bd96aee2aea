using Endpoints.Wix.Elevation.Actions;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Elevation.Pages;

/// <summary>Registers the guards of Razor Pages and the order of MVC's filters.</summary>
internal static class PageServices
{
    public static void AddWixPages(this IServiceCollection services)
    {
        services.AddSingleton<ElevatedPageGrant>();
        services.AddForLastWord<IFilterProvider, ElevatedFilters>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<RazorPagesOptions>, ElevatedPages>());
    }
}
