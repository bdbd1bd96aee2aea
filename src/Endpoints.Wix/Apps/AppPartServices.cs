using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Endpoints.Wix.Options;
using Endpoints.Wix.Values;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Apps;

/// <summary>Registers apps, each with its own of the services that apps don't share.</summary>
/// <remarks>
/// The services of the app without a name have no key, and those of a named app have its name as their key. Each is made from its own
/// app's services (<see cref="AppServices"/>), so that a constructor need not say which app it is for.
/// </remarks>
internal static partial class AppPartServices
{
    /// <summary>Adds what determines the app of a request.</summary>
    public static void AddWixApps(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<WixOptions>, HostOptionsCheck>();
        services.AddSingleton<WixApps>();
        services.AddSingleton(typeof(PerApp<>));
    }

    /// <summary>Adds the app without a name, once.</summary>
    public static void AddDefaultApp(this IServiceCollection services, Action<IServiceCollection> addParts)
    {
        if (services.Any(static service => service.ServiceType == typeof(WixApp)))
            return;
        services.AddSingleton(new AppRegistration("", []));
        services.TryAddSingleton(AppName.Default);
        services.AddSingleton(static services => services.GetRequiredService<WixApps>().Default!); // registered above
        addParts(services);
    }

    /// <summary>Adds a named app.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="name">The name of the app.</param>
    /// <param name="addParts">The action that adds what each app has of its own.</param>
    /// <param name="optional">The types of what an application may add for an app, and the library has none of.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a name of an app.</exception>
    /// <exception cref="InvalidOperationException">There is an app of the name.</exception>
    public static void AddNamedApp(this IServiceCollection services, string name, Action<IServiceCollection> addParts,
        params Type[] optional)
    {
        Demand(services, name);
        var own = new ServiceCollection
        {
            ServiceDescriptor.Singleton(new AppName(name)),
            ServiceDescriptor.Singleton(services => services.GetRequiredService<WixApps>().Find(name)!), // registered below
            ServiceDescriptor.Singleton(services => Microsoft.Extensions.Options.Options.Create(
                services.GetRequiredService<IOptionsMonitor<WixOptions>>().Get(name))),
        };
        own.AddWixAppOptions();
        addParts(own);
        var parts = own.Select(static part => part.ServiceType).Concat(optional).ToFrozenSet();
        services.AddSingleton(new AppRegistration(name, parts));
        foreach (var part in own)
        {
            // What the application has registered for this app stays.
            if (!part.ServiceType.IsPublic || !services.Any(known => IsFor(known, part.ServiceType, name)))
                services.Add(Keyed(part, name, parts));
        }
    }

    /// <summary>Adds a service that the application has once, made with the settings of its first app.</summary>
    public static void AddOfFirstApp<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services)
        where T : class => services.AddSingleton(static services =>
            ActivatorUtilities.CreateInstance<T>(services.GetRequiredService<WixApps>().First.Services));

    /// <summary>Replaces a service of an app with one of the application's own.</summary>
    public static void ReplacePart<TService,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TImplementation>(
        this IServiceCollection services, string app)
        where TService : class
        where TImplementation : class, TService => services.Replace(app.Length == 0
            ? ServiceDescriptor.Singleton<TService, TImplementation>()
            : ServiceDescriptor.KeyedSingleton<TService>(app, (services, _) => ActivatorUtilities.CreateInstance<TImplementation>(
                services.GetRequiredService<WixApps>().Find(app)!.In(services)))); // its builder has been given out

    private static void Demand(IServiceCollection services, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!Name().IsMatch(name))
        {
            throw new ArgumentException(
                $"'{name}' is not a name of a Wix app. A name has 1 to 32 letters, digits, '-' and '_', and begins with a letter: shop.",
                nameof(name));
        }

        var same = services.Select(static service => service.IsKeyedService ? null : service.ImplementationInstance as AppRegistration)
            .FirstOrDefault(known => string.Equals(known?.Name, name, StringComparison.OrdinalIgnoreCase));
        if (same is not null)
        {
            throw new InvalidOperationException(
                $"AddWix is called for the Wix app '{same.Name}' and for '{name}', and these are one name. Give one of them another name, "
                + $"or change the settings with services.Configure<WixOptions>(\"{same.Name}\", ...).");
        }
    }

    private static bool IsFor(ServiceDescriptor service, Type type, string name) =>
        service.IsKeyedService && service.ServiceType == type && Equals(service.ServiceKey, name);

    private static ServiceDescriptor Keyed(ServiceDescriptor part, string app, FrozenSet<Type> parts)
    {
        object key = part.IsKeyedService ? new AppKey(app, part.ServiceKey) : app;
        var instance = part.IsKeyedService ? part.KeyedImplementationInstance : part.ImplementationInstance;
        return instance is not null
            ? new(part.ServiceType, key, instance)
            : new(part.ServiceType, key, (services, _) => Make(part, new AppServices(services, app, parts)), part.Lifetime);
    }

    private static object Make(ServiceDescriptor part, AppServices services) => part switch
    {
        { IsKeyedService: true, KeyedImplementationFactory: { } make } => make(services, part.ServiceKey),
        { IsKeyedService: true, KeyedImplementationType: { } type } => ActivatorUtilities.CreateInstance(services, type),
        { IsKeyedService: false, ImplementationFactory: { } make } => make(services),
        _ => ActivatorUtilities.CreateInstance(services, part.ImplementationType!), // there is nothing else
    };

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,31}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
