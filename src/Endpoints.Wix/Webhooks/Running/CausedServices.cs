using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Webhooks.Running;

/// <summary>
/// Represents the services of an event's scope, and with them the caller that caused it, who is no service anywhere else: there a caller
/// comes from the request.
/// </summary>
internal sealed class CausedServices(IServiceProvider services, Caller caller)
    : IKeyedServiceProvider, ISupportRequiredService, IServiceProviderIsService
{
    private readonly IServiceProviderIsService? _known = services.GetService<IServiceProviderIsService>();

    public object? GetService(Type serviceType) =>
        serviceType == typeof(Caller) ? caller
        : serviceType == typeof(IServiceProvider) || serviceType == typeof(IServiceProviderIsService) ? this
        : services.GetService(serviceType);

    public object GetRequiredService(Type serviceType) => GetService(serviceType) ?? services.GetRequiredService(serviceType);

    public object? GetKeyedService(Type serviceType, object? serviceKey) => services is IKeyedServiceProvider keyed
        ? keyed.GetKeyedService(serviceType, serviceKey) : null;

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey) =>
        services.GetRequiredKeyedService(serviceType, serviceKey);

    public bool IsService(Type serviceType) => serviceType == typeof(Caller) || _known?.IsService(serviceType) == true;
}
