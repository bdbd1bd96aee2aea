using System.Reflection;
using System.Runtime.CompilerServices;
using Endpoints;
using Endpoints.Validation;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides extension methods for adding FluentValidation validators.</summary>
public static class ValidatorServiceCollectionExtensions
{
    /// <summary>
    /// Finds the validators (<c>IValidator&lt;T&gt;</c>) with which endpoints validate their arguments. Searches the calling assembly, the
    /// application, every assembly that these reference, and <paramref name="assemblies"/> with their references. The validators are not
    /// registered as services.
    /// </summary>
    /// <remarks>
    /// <para>
    /// <c>AddFileRoutes</c> calls this method. Call it to add further assemblies, or to validate minimal APIs without file routes.
    /// </para>
    /// <para>
    /// Every class counts, public or not, that is neither abstract nor generic and that a container can create. One instance is created for
    /// each request. Validators that the application registers itself, before or after this call, replace all that are found for the same
    /// type. If several validators of a type are found, all of them run.
    /// </para>
    /// </remarks>
    /// <param name="services">The application's services.</param>
    /// <param name="assemblies">The assemblies that the application does not reference, such as plug-ins.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)] // or else the calling assembly would be another
    public static IServiceCollection AddEndpointValidators(this IServiceCollection services, params Assembly[] assemblies)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(assemblies);
        return services.AddEndpointValidatorsOf([Assembly.GetCallingAssembly(), .. assemblies]);
    }

    internal static IServiceCollection AddEndpointValidatorsOf(this IServiceCollection services, Assembly[] roots)
    {
        if (Instance<ValidatorCatalog>(services) is not { } catalog)
        {
            services.AddSingleton(catalog = new ValidatorCatalog(services));
            services.AddScoped<RequestValidators>();
        }

        var application = ApplicationAssembly.Find(Instance<IHostEnvironment>(services)?.ApplicationName);
        catalog.Scan(new ValidatorAssemblies(application is null ? roots : [.. roots, application]));
        return services;
    }

    private static T? Instance<T>(IServiceCollection services)
        where T : class
    {
        for (var i = services.Count - 1; i >= 0; i--)
        {
            if (services[i].ServiceType == typeof(T) && !services[i].IsKeyedService)
                return services[i].ImplementationInstance as T;
        }
        return null;
    }
}
