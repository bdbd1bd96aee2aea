using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Conventions;

/// <summary>Ensures that what an application registers in place of a service that is kept for all requests is a singleton.</summary>
/// <remarks>
/// Where the container validates scopes, it ensures this itself. Elsewhere, the instance of the first request would decide for everybody.
/// </remarks>
/// <param name="registered">The application's services.</param>
internal sealed class KeptServices(IServiceCollection registered)
{
    /// <summary>Ensures that services are singletons, under whatever key.</summary>
    /// <param name="types">The types of the services.</param>
    /// <exception cref="InvalidOperationException">A service is not a singleton.</exception>
    public void Demand(params Type[] types)
    {
        foreach (var service in registered.Where(service => Array.IndexOf(types, service.ServiceType) >= 0)
            .GroupBy(static service => (service.ServiceType, service.ServiceKey)).Select(static known => known.Last()))
        {
            if (service.Lifetime != ServiceLifetime.Singleton)
            {
                throw new InvalidOperationException(
                    $"{service.ServiceType.Name} is registered as {service.Lifetime}, and one instance of it is kept for all requests. "
                    + "Register it as a singleton, and let it create a scope with IServiceScopeFactory for what belongs to a request.");
            }
        }
    }
}
