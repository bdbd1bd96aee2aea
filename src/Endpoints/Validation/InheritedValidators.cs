using FluentValidation.Results;

namespace Endpoints.Validation;

/// <summary>Represents the validators of a type and of its base classes and interfaces, which run one after the other.</summary>
internal sealed class InheritedValidators(IReadOnlyList<TypeValidators> all) : TypeValidators
{
    public override async ValueTask<IReadOnlyList<ValidationFailure>> RunAsync(object value, IServiceProvider request, CancellationToken ct)
    {
        var failures = new List<ValidationFailure>();
        foreach (var validators in all)
            failures.AddRange(await validators.RunAsync(value, request, ct).ConfigureAwait(false));
        return failures;
    }
}
