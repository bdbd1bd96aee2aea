namespace Endpoints.Wix;

/// <summary>A field of a request that Wix found fault with.</summary>
/// <param name="Field">The path of the field, as Wix names it.</param>
/// <param name="Rule">The rule that it broke, such as <c>REQUIRED_FIELD</c>; null when Wix did not say.</param>
/// <param name="Description">What Wix says about it in words. Written by Wix, perhaps with data in it: not for logs or callers.</param>
public sealed record WixFieldViolation(string Field, string? Rule, string? Description)
{
    /// <summary>Gives the field and the rule.</summary>
    public override string ToString() => $"{Field} ({Rule})";
}
