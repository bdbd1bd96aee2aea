using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Validation;

/// <summary>
/// Represents validators that the application contains and did not register. They are created for each request, from its services.
/// </summary>
/// <param name="registered">The validators that the application registered, or null for none.</param>
/// <param name="found">The classes that were found.</param>
internal sealed class FoundValidators<T>(TypeValidators? registered, IReadOnlyList<Type> found) : TypeValidators
{
    public override ValueTask<IReadOnlyList<ValidationFailure>> RunAsync(object value, IServiceProvider request, CancellationToken ct) =>
        registered is not null || found.Count > 1
            ? RunAllAsync(value, request, ct)
            : FailuresAsync(Validator(found[0], request).ValidateAsync((T)value, ct));

    private static IValidator<T> Validator(Type type, IServiceProvider request) =>
        (IValidator<T>)request.GetRequiredService<RequestValidators>().Get(type);

    private async ValueTask<IReadOnlyList<ValidationFailure>> RunAllAsync(object value, IServiceProvider request, CancellationToken ct)
    {
        var failures = new List<ValidationFailure>();
        if (registered is not null)
            failures.AddRange(await registered.RunAsync(value, request, ct).ConfigureAwait(false));
        foreach (var type in found)
            failures.AddRange((await Validator(type, request).ValidateAsync((T)value, ct).ConfigureAwait(false)).Errors);
        return failures;
    }
}
