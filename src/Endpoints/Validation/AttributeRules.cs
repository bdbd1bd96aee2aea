using System.ComponentModel.DataAnnotations;
using FluentValidation.Results;
using ValidationResult = System.ComponentModel.DataAnnotations.ValidationResult;

namespace Endpoints.Validation;

/// <summary>Validates a value by attributes of DataAnnotations.</summary>
internal static class AttributeRules
{
    /// <param name="attributes">The attributes.</param>
    /// <param name="value">The value.</param>
    /// <param name="owner">The owner of the value, or the value itself if nothing owns it.</param>
    /// <param name="member">The owner's member, or the parameter.</param>
    /// <param name="displayName">The member's name in messages.</param>
    /// <param name="path">The path that failures are reported for.</param>
    /// <param name="services">The request's services.</param>
    /// <param name="failures">The list that receives the failures.</param>
    public static void Check(
        ValidationAttribute[] attributes, object? value, object owner, string member, string displayName, string path,
        IServiceProvider services, List<ValidationFailure> failures)
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

    /// <summary>Adds the failures that an object reports about itself.</summary>
    public static void Add(ValidationResult? result, string path, List<ValidationFailure> failures)
    {
        if (result is null)
            return;
        foreach (var member in result.MemberNames.DefaultIfEmpty(""))
            failures.Add(
                new(member.Length == 0 ? path : path.Length == 0 ? member : $"{path}.{member}",
                    result.ErrorMessage ?? "The value is not valid."));
    }
}
