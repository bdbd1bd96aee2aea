using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Validation;

/// <summary>
/// Represents all validators that are registered for one type. They run one after the other, because services of a request don't support
/// concurrent use.
/// </summary>
internal sealed class ValidatorSet<T> : TypeValidators
{
    public override async ValueTask<IReadOnlyList<ValidationFailure>> RunAsync(object value, IServiceProvider request, CancellationToken ct)
    {
        var failures = new List<ValidationFailure>();
        foreach (var validator in request.GetServices<IValidator<T>>().DistinctBy(static validator => validator.GetType()))
            failures.AddRange((await validator.ValidateAsync((T)value, ct).ConfigureAwait(false)).Errors);
        return failures;
    }
}
