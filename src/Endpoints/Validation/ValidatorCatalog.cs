using System.Reflection;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Scrutor;

namespace Endpoints.Validation;

/// <summary>Which validators an application has: its own registrations, and what was found by scanning for the types it registered none for.</summary>
/// <remarks>Filled while services are added, by one thread; afterwards only hot-reload updates add to it, one at a time and before the endpoints that read it are built.</remarks>
internal sealed class ValidatorCatalog(IServiceCollection services)
{
    private readonly HashSet<Assembly> _assemblies = [];
    private readonly HashSet<Type> _known = [];
    private readonly List<Type> _late = [];
    private readonly HashSet<ServiceDescriptor> _scanned = new(ReferenceEqualityComparer.Instance);
    private readonly Lazy<ILookup<Type, ServiceDescriptor>> _registrations =
        new(() => services.Where(static service => !service.IsKeyedService).ToLookup(static service => service.ServiceType));

    /// <summary>Registers the validators of these assemblies, as scoped services, for the types that the application registered none for.</summary>
    public void Scan(ValidatorAssemblies assemblies)
    {
        var types = new List<Type>();
        foreach (var assembly in assemblies.All)
        {
            if (_assemblies.Add(assembly) && assemblies.IsUser(assembly))
                types.AddRange(Array.FindAll(ValidatorAssemblies.Types(assembly), IsValidator));
        }
        if (types.Count > 0)
            Register(types);
    }

    /// <remarks>Apart, so that Scrutor is loaded where there is something to register.</remarks>
    private void Register(List<Type> types)
    {
        _known.UnionWith(types);
        var theirs = services.Where(service => !service.IsKeyedService && !_scanned.Contains(service)).Select(static service => service.ServiceType).ToHashSet();
        var before = services.Count;
        services.Scan(scan => scan
            .FromTypes(types)
            .AddClasses(publicOnly: false)
            .UsingRegistrationStrategy(RegistrationStrategy.Append)
            .As(type => Validated(type).Where(service => !theirs.Contains(service)))
            .WithScopedLifetime());
        _scanned.UnionWith(services.Skip(before));
    }

    /// <summary>Finds the validators that a hot-reload update has added, too late to be registered.</summary>
    public void ScanAgain()
    {
        foreach (var type in _assemblies.SelectMany(ValidatorAssemblies.Types).Where(IsValidator).Where(type => !_known.Contains(type) && !_late.Contains(type)))
            _late.Add(type);
    }

    /// <summary>The validators of a service type (<c>IValidator&lt;T&gt;</c>) that came with a hot-reload update, unless the application has its own.</summary>
    public IReadOnlyList<Type> Late(Type service) =>
        _late.Count == 0 || _registrations.Value[service].Any(known => !_scanned.Contains(known)) ? [] : [.. _late.Where(service.IsAssignableFrom)];

    /// <summary>Whether there are validators of precisely this service type (<c>IValidator&lt;T&gt;</c>), registered or come later.</summary>
    public bool Has(Type service) => _registrations.Value.Contains(service) || _late.Exists(service.IsAssignableFrom);

    /// <summary>Which of the registrations of a service type (<c>IValidator&lt;T&gt;</c>) to use, in their order; null when the catalog doesn't know them all.</summary>
    public IReadOnlyList<bool>? Chosen(Type service)
    {
        var all = _registrations.Value[service].ToArray();
        if (all.Length == 0 || _registrations.Value.Contains(typeof(IValidator<>)))
            return null;
        var hasTheirs = all.Any(known => !_scanned.Contains(known));
        return Array.ConvertAll(all, known => !hasTheirs || !_scanned.Contains(known));
    }

    /// <remarks>A class that can only be made with a text or a number is made by the application itself: no container could.</remarks>
    private static bool IsValidator(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
        && Validated(type).Any()
        && type.GetConstructors().Any(static constructor => constructor.GetParameters().All(static parameter =>
            parameter.HasDefaultValue || !(parameter.ParameterType.IsValueType || parameter.ParameterType == typeof(string))));

    private static IEnumerable<Type> Validated(Type type) =>
        type.GetInterfaces().Where(static service => service.IsGenericType && service.GetGenericTypeDefinition() == typeof(IValidator<>));
}
