using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Validation;

/// <summary>Represents the usual case of one validator, which completes synchronously if none of its rules is asynchronous.</summary>
internal sealed class SingleValidator<T> : TypeValidators
{
    public override ValueTask<IReadOnlyList<ValidationFailure>> RunAsync(object value, IServiceProvider request, CancellationToken ct) =>
        FailuresAsync(request.GetRequiredService<IValidator<T>>().ValidateAsync((T)value, ct));
}
