namespace Endpoints.Wix;

/// <summary>Represents a field of a request that Wix rejected.</summary>
/// <param name="Field">The path of the field, as Wix names it.</param>
/// <param name="Rule">
/// The rule that the field violates, such as <c>REQUIRED_FIELD</c>; <see langword="null"/> if Wix did not specify one.
/// </param>
/// <param name="Description">Wix's description of the violation. It may contain data, so don't log it or return it to callers.</param>
public sealed record WixFieldViolation(string Field, string? Rule, string? Description)
{
    /// <summary>Returns the field and the rule.</summary>
    public override string ToString() => $"{Field} ({Rule})";
}
