using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Validation;

/// <summary>The usual case: one validator, asked without waiting where none of its rules waits.</summary>
internal sealed class SingleValidator<T> : TypeValidators
{
    public override ValueTask<IReadOnlyList<ValidationFailure>> RunAsync(object value, IServiceProvider request, CancellationToken ct) =>
        FailuresAsync(request.GetRequiredService<IValidator<T>>().ValidateAsync((T)value, ct));
}
