namespace Endpoints.Validation;

/// <summary>Which of the rules count that types and parameters state themselves.</summary>
[Flags]
internal enum RuleSet
{
    /// <summary>Enumerations are taken at their members only.</summary>
    OnlyDefinedValues = 1,

    /// <summary>Attributes of DataAnnotations, and <c>IValidatableObject</c>.</summary>
    Annotations = 2,
}
