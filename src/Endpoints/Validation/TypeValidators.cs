using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Validation;

/// <summary>Runs the validators of one type, from the request's own scope.</summary>
internal abstract class TypeValidators
{
    /// <summary>Returns the validators of a type, or null if the application has none.</summary>
    /// <exception cref="InvalidOperationException">A found validator can't be created.</exception>
    public static TypeValidators? For(Type type, IServiceProvider services)
    {
        var service = typeof(IValidator<>).MakeGenericType(type);
        var catalog = services.GetService<ValidatorCatalog>();
        var registered = services.GetService<IServiceProviderIsService>()?.IsService(service) == true
            ? Registered(type, catalog?.Registrations(service) ?? 0)
            : null;
        if (catalog?.Found(service) is not { Count: > 0 } found)
            return registered;

        foreach (var validator in found)
            _ = catalog.MakerOf(validator, services);
        return (TypeValidators)Activator.CreateInstance(typeof(FoundValidators<>).MakeGenericType(type), registered, found)!;
    }

    /// <summary>
    /// Returns the validators of a type, of its base classes and of its interfaces, because their rules apply to it as well. Null if there
    /// are none.
    /// </summary>
    /// <param name="type">The type.</param>
    /// <param name="services">The application's services.</param>
    /// <param name="validated">The type that the value is validated as in any case, or null if it is this one.</param>
    public static TypeValidators? ForAll(Type type, IServiceProvider services, Type? validated = null)
    {
        var all = new List<TypeValidators>();
        for (var one = type; one is not null && one != typeof(object); one = one.BaseType)
            Add(one);
        var shapes = type.GetInterfaces();
        foreach (var shape in shapes)
            Add(shape);
        // A list of oranges is a sequence of fruit, which is none of its interfaces by name.
        foreach (var shape in services.GetService<ValidatorCatalog>()?.VariantTypes ?? [])
        {
            if (shape != type && shape.IsAssignableFrom(type) && !shapes.Contains(shape))
                Add(shape);
        }

        return all.Count switch { 0 => null, 1 => all[0], _ => new InheritedValidators(all) };

        void Add(Type one)
        {
            if (validated is not null && one.IsAssignableFrom(validated))
                return;
            if ((one == type || IsRegistered(one, services)) && For(one, services) is { } validators)
                all.Add(validators);
        }
    }

    /// <remarks>A registration of the open generic type applies to each type, and would run again for each of its bases.</remarks>
    private static bool IsRegistered(Type type, IServiceProvider services) =>
        !type.IsByRefLike
            && (services.GetService<ValidatorCatalog>() is not { } catalog || catalog.Has(typeof(IValidator<>).MakeGenericType(type)));

    private static TypeValidators Registered(Type type, int count) =>
        (TypeValidators)Activator.CreateInstance((count == 1 ? typeof(SingleValidator<>) : typeof(ValidatorSet<>)).MakeGenericType(type))!;

    /// <returns>A task that returns the failures of the value, of any severity; empty if there are none.</returns>
    public abstract ValueTask<IReadOnlyList<ValidationFailure>> RunAsync(object value, IServiceProvider request, CancellationToken ct);

    /// <summary>Returns the failures of one validator, synchronously if none of its rules is asynchronous.</summary>
    protected static ValueTask<IReadOnlyList<ValidationFailure>> FailuresAsync(Task<ValidationResult> run)
    {
        return run.IsCompletedSuccessfully ? new(run.Result.Errors) : WaitAsync(run);

        static async ValueTask<IReadOnlyList<ValidationFailure>> WaitAsync(Task<ValidationResult> run) =>
            (await run.ConfigureAwait(false)).Errors;
    }
}
