using System.Collections.Concurrent;
using System.Reflection;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Scrutor;

namespace Endpoints.Validation;

/// <summary>Which validators an application has: its own registrations, and what was found by scanning for the types it registered none for.</summary>
/// <remarks>
/// <para>
/// What was found is no service: what the application's own code resolves stays as it was, and a validator that no container can make
/// stops no start.
/// </para>
/// <para>Filled while services are added, by one thread; afterwards only hot-reload updates add to it, one at a time and before the endpoints that read it are built.</para>
/// </remarks>
internal sealed class ValidatorCatalog(IServiceCollection services)
{
    private readonly HashSet<Assembly> _assemblies = [];
    private readonly HashSet<Type> _known = [];
    private readonly List<Type> _late = [];
    private readonly ServiceCollection _found = [];
    private readonly ConcurrentDictionary<Type, ValidatorMaker> _makers = [];
    private readonly Lazy<ILookup<Type, ServiceDescriptor>> _registrations =
        new(() => services.Where(static service => !service.IsKeyedService).ToLookup(static service => service.ServiceType));

    /// <summary>Finds the validators of these assemblies.</summary>
    public void Scan(ValidatorAssemblies assemblies)
    {
        var types = new List<Type>();
        foreach (var assembly in assemblies.All)
        {
            if (_assemblies.Add(assembly) && assemblies.IsUser(assembly))
                types.AddRange(Array.FindAll(ValidatorAssemblies.Types(assembly), IsValidator));
        }
        if (types.Count > 0)
            Add(types);
    }

    /// <remarks>Apart, so that Scrutor is loaded where there is something to find.</remarks>
    private void Add(List<Type> types)
    {
        _known.UnionWith(types);
        _found.Scan(scan => scan
            .FromTypes(types)
            .AddClasses(publicOnly: false)
            .UsingRegistrationStrategy(RegistrationStrategy.Append)
            .As(Validated)
            .WithScopedLifetime());
    }

    /// <summary>Finds the validators that a hot-reload update has added.</summary>
    public void ScanAgain()
    {
        foreach (var type in _assemblies.SelectMany(ValidatorAssemblies.Types).Where(IsValidator).Where(type => !_known.Contains(type) && !_late.Contains(type)))
            _late.Add(type);
    }

    /// <summary>The validators that were found for an <c>IValidator&lt;T&gt;</c>; none where the application registered its own, before or after.</summary>
    public IReadOnlyList<Type> Found(Type service) => Registrations(service) > 0
        ? []
        :
        [
            .. _found.Where(found => found.ServiceType == service).Select(static found => found.ImplementationType!),
            .. _late.Where(service.IsAssignableFrom),
        ];

    /// <summary>Whether there are validators of precisely this service type (<c>IValidator&lt;T&gt;</c>), registered or found.</summary>
    public bool Has(Type service) => Registrations(service) > 0 || Found(service).Count > 0;

    /// <summary>How many validators the application has registered for a service type.</summary>
    public int Registrations(Type service) => _registrations.Value[service].Count();

    /// <summary>What makes a validator that was found.</summary>
    /// <exception cref="InvalidOperationException">Nothing can.</exception>
    public ValidatorMaker MakerOf(Type type, IServiceProvider services) =>
        _makers.TryGetValue(type, out var maker) ? maker : _makers.GetOrAdd(type, ValidatorMaker.For(type, this, services));

    /// <remarks>A class that can only be made with a text or a number is made by the application itself: no container could.</remarks>
    private static bool IsValidator(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
        && Validated(type).Any()
        && type.GetConstructors().Any(static constructor => constructor.GetParameters().All(static parameter =>
            parameter.HasDefaultValue || !(parameter.ParameterType.IsValueType || parameter.ParameterType == typeof(string))));

    private static IEnumerable<Type> Validated(Type type) =>
        type.GetInterfaces().Where(static service => service.IsGenericType && service.GetGenericTypeDefinition() == typeof(IValidator<>));
}
