using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Validation;

/// <summary>All validators that are registered for one type, one after the other: services of a request are not made for two users at a time.</summary>
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
