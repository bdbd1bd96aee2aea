using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Validation;

/// <summary>Runs the validators of one type, from the request's own scope.</summary>
internal abstract class TypeValidators
{
    /// <summary>The validators of a type; null when the application has none.</summary>
    /// <exception cref="InvalidOperationException">One that was found can't be made.</exception>
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

    private static TypeValidators Registered(Type type, int count) =>
        (TypeValidators)Activator.CreateInstance((count == 1 ? typeof(SingleValidator<>) : typeof(ValidatorSet<>)).MakeGenericType(type))!;

    /// <returns>What is wrong with the value, of any severity; empty when nothing is.</returns>
    public abstract ValueTask<IReadOnlyList<ValidationFailure>> RunAsync(object value, IServiceProvider request, CancellationToken ct);
}
