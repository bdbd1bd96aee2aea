using System.Reflection;
using System.Runtime.CompilerServices;
using Endpoints;
using Endpoints.Listing;
using Endpoints.Origins;
using Endpoints.Problems;
using Endpoints.RateLimiting.Enforcing;
using Endpoints.Routing;
using Endpoints.Updates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides extension methods for adding the services of file routes.</summary>
public static class FileRouteServiceCollectionExtensions
{
    /// <summary>
    /// Adds the services that <c>MapFileRoutes</c> requires, and the validators of the application and of the assemblies it references, as
    /// <see cref="ValidatorServiceCollectionExtensions.AddEndpointValidators"/> does. Further calls only add to the options.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">A delegate that configures the options. They are checked when the application starts.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="PlatformNotSupportedException">The application was compiled to native code.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)] // or else the calling assembly would be another
    public static IServiceCollection AddFileRoutes(this IServiceCollection services, Action<FileRouteOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        DynamicCode.Demand();
        if (configure is not null)
            services.Configure(configure);

        services.AddFailureBoundary();
        services.AddOrigins();
        services.AddRateLimiting();
        services.AddFileRouting();
        services.AddListing();
        services.AddHotReload();
        services.TryAddEnumerable(ServiceDescriptor.Transient<IStartupFilter, FileRouteStartup>());
        return services.AddEndpointValidatorsOf([Assembly.GetCallingAssembly()]);
    }
}
