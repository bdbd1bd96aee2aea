using System.Collections.Concurrent;
using System.Reflection;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Scrutor;

namespace Endpoints.Validation;

/// <summary>
/// Represents the validators of an application: its own registrations, and those found by scanning for the types without registrations.
/// </summary>
/// <remarks>
/// <para>
/// A found validator is not a service: the application's own code resolves the same services as before, and a validator that no container
/// can create does not stop the start.
/// </para>
/// <para>
/// Filled by one thread while services are added. Afterwards, only hot-reload updates add to it, one at a time and before the endpoints
/// that read it are built.
/// </para>
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
    private Type[]? _variants; // made when first asked for

    /// <summary>Finds the validators of the specified assemblies.</summary>
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

    /// <remarks>This is a separate method so that Scrutor is loaded only if there is something to find.</remarks>
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
        foreach (var type in _assemblies.SelectMany(ValidatorAssemblies.Types).Where(IsValidator)
            .Where(type => !_known.Contains(type) && !_late.Contains(type)))
            _late.Add(type);
        _variants = null;
    }

    /// <summary>
    /// Returns the validators that were found for an <c>IValidator&lt;T&gt;</c>, or none if the application registered its own, before or
    /// after.
    /// </summary>
    public IReadOnlyList<Type> Found(Type service) => Registrations(service) > 0
        ? []
        :
        [
            .. _found.Where(found => found.ServiceType == service).Select(static found => found.ImplementationType!),
            .. _late.Where(service.IsAssignableFrom),
        ];

    /// <summary>
    /// Determines whether there are validators of exactly this service type (<c>IValidator&lt;T&gt;</c>), registered or found.
    /// </summary>
    public bool Has(Type service) => Registrations(service) > 0 || Found(service).Count > 0;

    /// <summary>
    /// Gets the generic interfaces that have validators: other closed types of the same interface can be values of theirs.
    /// </summary>
    public IReadOnlyList<Type> VariantTypes => _variants ??=
    [
        .. _registrations.Value.Select(static own => own.Key).Concat(_found.Select(static found => found.ServiceType))
            .Concat(_late.SelectMany(Validated))
            .Where(static service => service.IsConstructedGenericType && service.GetGenericTypeDefinition() == typeof(IValidator<>))
            .Select(static service => service.GetGenericArguments()[0])
            .Where(static type => type is { IsInterface: true, IsGenericType: true }).Distinct(),
    ];

    /// <summary>Returns the number of validators that the application has registered for a service type.</summary>
    public int Registrations(Type service) => _registrations.Value[service].Count();

    /// <summary>Returns the maker of a validator that was found.</summary>
    /// <exception cref="InvalidOperationException">The validator can't be created.</exception>
    public ValidatorMaker MakerOf(Type type, IServiceProvider services) =>
        _makers.TryGetValue(type, out var maker) ? maker : _makers.GetOrAdd(type, ValidatorMaker.For(type, this, services));

    /// <remarks>A class that requires a text or a number is created by the application itself: no container could.</remarks>
    private static bool IsValidator(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
        && Validated(type).Any()
        && type.GetConstructors().Any(static constructor => constructor.GetParameters().All(static parameter =>
            parameter.HasDefaultValue || !(parameter.ParameterType.IsValueType || parameter.ParameterType == typeof(string))));

    private static IEnumerable<Type> Validated(Type type) =>
        type.GetInterfaces().Where(static service => service.IsGenericType && service.GetGenericTypeDefinition() == typeof(IValidator<>));
}
