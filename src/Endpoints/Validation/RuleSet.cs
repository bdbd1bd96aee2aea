namespace Endpoints.Validation;

/// <summary>Specifies which rules that types and parameters state themselves are applied.</summary>
[Flags]
internal enum RuleSet
{
    /// <summary>Enumerations accept their members only.</summary>
    OnlyDefinedValues = 1,

    /// <summary>Attributes of DataAnnotations, and <c>IValidatableObject</c>.</summary>
    Annotations = 2,
}
