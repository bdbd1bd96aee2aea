using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Validation;

/// <summary>All validators of one type, one after the other: services of a request are not made for two users at a time.</summary>
/// <param name="chosen">Which of the registrations to use, in their order; null for all.</param>
internal sealed class ValidatorSet<T>(IReadOnlyList<bool>? chosen) : TypeValidators
{
    public override async ValueTask<IReadOnlyList<ValidationFailure>> RunAsync(object value, IServiceProvider request, CancellationToken ct)
    {
        var all = request.GetServices<IValidator<T>>().ToArray();
        var used = chosen?.Count == all.Length ? all.Where((_, index) => chosen[index]) : all;
        var failures = new List<ValidationFailure>();
        foreach (var validator in used.DistinctBy(static validator => validator.GetType()))
            failures.AddRange((await validator.ValidateAsync((T)value, ct).ConfigureAwait(false)).Errors);
        return failures;
    }
}
