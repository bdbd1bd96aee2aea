using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Validation;

/// <summary>Validators that a hot-reload update has added: the container is built and can't take them in, but what they guard is guarded at once.</summary>
/// <param name="registered">The validators that were there before; null for none.</param>
/// <param name="late">The classes that came later.</param>
internal sealed class ReloadedValidators<T>(TypeValidators? registered, IReadOnlyList<Type> late) : TypeValidators
{
    public override async ValueTask<IReadOnlyList<ValidationFailure>> RunAsync(object value, IServiceProvider request, CancellationToken ct)
    {
        var failures = new List<ValidationFailure>();
        if (registered is not null)
            failures.AddRange(await registered.RunAsync(value, request, ct).ConfigureAwait(false));
        foreach (var type in late)
        {
            var validator = (IValidator<T>)ActivatorUtilities.CreateInstance(request, type);
            failures.AddRange((await validator.ValidateAsync((T)value, ct).ConfigureAwait(false)).Errors);
        }
        return failures;
    }
}
