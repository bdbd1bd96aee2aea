using System.ComponentModel.DataAnnotations;
using FluentValidation.Results;
using ValidationResult = System.ComponentModel.DataAnnotations.ValidationResult;

namespace Endpoints.Validation;

/// <summary>Asks attributes of DataAnnotations about a value.</summary>
internal static class AttributeRules
{
    /// <param name="attributes">The attributes.</param>
    /// <param name="value">The value.</param>
    /// <param name="owner">What has it; the value itself when nothing does.</param>
    /// <param name="member">The owner's member, or the parameter.</param>
    /// <param name="displayName">Its name in messages.</param>
    /// <param name="path">What failures are about.</param>
    /// <param name="services">The request's services.</param>
    /// <param name="failures">Takes what is found.</param>
    public static void Check(
        ValidationAttribute[] attributes, object? value, object owner, string member, string displayName, string path, IServiceProvider services, List<ValidationFailure> failures)
    {
        foreach (var attribute in attributes)
        {
            var context = new ValidationContext(owner, services, items: null) { MemberName = member, DisplayName = displayName };
            if (attribute.GetValidationResult(value, context) is { } result)
                failures.Add(new(path, result.ErrorMessage ?? "The value is not valid."));
            if (attribute is RequiredAttribute && value is null)
                return; // the others have nothing to say of what is not there
        }
    }

    /// <summary>Adds what an object has found wrong with itself.</summary>
    public static void Add(ValidationResult? result, string path, List<ValidationFailure> failures)
    {
        if (result is null)
            return;
        foreach (var member in result.MemberNames.DefaultIfEmpty(""))
            failures.Add(new(member.Length == 0 ? path : path.Length == 0 ? member : $"{path}.{member}", result.ErrorMessage ?? "The value is not valid."));
    }
}
