using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Apps;

/// <summary>
/// Represents the services of the application as one of its named apps sees them: what each app has of its own is that app's, and never
/// another's; everything else is the application's.
/// </summary>
/// <param name="inner">The services of the application, or of a scope.</param>
/// <param name="app">The name of the app, which is the key of its own services.</param>
/// <param name="parts">The types of which each app has its own.</param>
internal sealed class AppServices(IServiceProvider inner, string app, FrozenSet<Type> parts)
    : IKeyedServiceProvider, ISupportRequiredService, IServiceProviderIsService
{
    /// <summary>Gets the services that the application has for all of its apps, and for the one without a name.</summary>
    public IServiceProvider Inner => inner;

    public object? GetService(Type serviceType)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceType == typeof(IServiceProvider) || serviceType == typeof(IServiceProviderIsService))
            return this;
        return IsPart(serviceType) ? Keyed(serviceType, app) : inner.GetService(serviceType);
    }

    public object GetRequiredService(Type serviceType) => GetService(serviceType) ?? throw new InvalidOperationException(
        $"The Wix app '{app}' has no service {serviceType}.");

    public object? GetKeyedService(Type serviceType, object? serviceKey)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return Keyed(serviceType, IsPart(serviceType) ? new AppKey(app, serviceKey) : serviceKey);
    }

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey) => GetKeyedService(serviceType, serviceKey)
        ?? throw new InvalidOperationException($"The Wix app '{app}' has no service {serviceType} with the key {serviceKey}.");

    public bool IsService(Type serviceType) => parts.Contains(serviceType)
        ? inner.GetService<IServiceProviderIsKeyedService>()?.IsKeyedService(serviceType, app) == true
        : inner.GetService<IServiceProviderIsService>()?.IsService(serviceType) == true;

    private object? Keyed(Type type, object? key) => (inner as IKeyedServiceProvider)?.GetKeyedService(type, key);

    // Of what an app has of its own, it has several as well.
    private bool IsPart(Type type) => parts.Contains(type)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>)
            && parts.Contains(type.GenericTypeArguments[0]));
}
