using System.Text.Json;
using FluentValidation.Results;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Validation;

/// <summary>
/// Validates values that were read from JSON elsewhere than in the body of an endpoint's request, by what an endpoint validates its body
/// by: validators, attributes of DataAnnotations, and the members of enumerations.
/// </summary>
internal sealed class JsonValueValidator
{
    private readonly JsonSerializerOptions _json;
    private readonly BodyErrorKey _key;
    private readonly ValueValidator? _validators;
    private readonly MemberRules? _rules;

    /// <param name="type">The type of the values.</param>
    /// <param name="json">The options with which they are read.</param>
    /// <param name="services">The application's services.</param>
    public JsonValueValidator(Type type, JsonSerializerOptions json, IServiceProvider services)
    {
        _json = json;
        _key = new(type);
        _validators = ValueValidator.For(type, json, services);
        _rules = MemberRules.For(type, json, RuleSet.OnlyDefinedValues | RuleSet.Annotations);
    }

    /// <summary>Validates a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="services">The services of the call.</param>
    /// <param name="ct">The token to monitor for cancellation requests.</param>
    /// <returns>A task that returns the errors by the sender's names; <see langword="null"/> if there are none.</returns>
    public async ValueTask<IReadOnlyDictionary<string, string[]>?> ValidateAsync(
        object value, IServiceProvider services, CancellationToken ct)
    {
        var failures = new List<ValidationFailure>();
        _rules?.Check(value, services, failures);
        var errors = ErrorList.Add(errors: null, _key, value, failures);
        if (_validators is not null)
            errors = await _validators.RunAsync(value, _key, errors, services, ct).ConfigureAwait(false);
        return errors?.ToProblem(new(new DefaultHttpContext(), _json)).Errors;
    }
}
