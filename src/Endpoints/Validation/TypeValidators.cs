using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Validation;

/// <summary>Runs the validators of one type, from the request's own scope.</summary>
internal abstract class TypeValidators
{
    /// <summary>The validators of a type; null when the application has none.</summary>
    public static TypeValidators? For(Type type, IServiceProvider services)
    {
        var service = typeof(IValidator<>).MakeGenericType(type);
        var catalog = services.GetService<ValidatorCatalog>();
        var registered = services.GetService<IServiceProviderIsService>()?.IsService(service) == true ? Registered(type, catalog?.Chosen(service)) : null;
        return catalog?.Late(service) is { Count: > 0 } late
            ? (TypeValidators)Activator.CreateInstance(typeof(ReloadedValidators<>).MakeGenericType(type), registered, late)!
            : registered;
    }

    /// <remarks>What was found by scanning gives way to what the application registers, even later: then the last one is its own, and the container's choice too.</remarks>
    private static TypeValidators Registered(Type type, IReadOnlyList<bool>? chosen) =>
        (TypeValidators)(chosen is [.., true] && chosen.Count(static use => use) == 1
            ? Activator.CreateInstance(typeof(SingleValidator<>).MakeGenericType(type))!
            : Activator.CreateInstance(typeof(ValidatorSet<>).MakeGenericType(type), chosen)!);

    /// <returns>What is wrong with the value, of any severity; empty when nothing is.</returns>
    public abstract ValueTask<IReadOnlyList<ValidationFailure>> RunAsync(object value, IServiceProvider request, CancellationToken ct);
}
