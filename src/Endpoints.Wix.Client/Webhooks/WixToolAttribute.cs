namespace Endpoints.Wix;

/// <summary>Declares a tool of the app: the name by which Wix runs it, and the description by which Wix's assistant chooses it.</summary>
/// <param name="methodName">The name: 1 to 30 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, such as <c>track-package</c>.</param>
/// <param name="description">
/// The description, in 10 to 1,000 characters: what the tool does, when to use it and what it needs. The assistant reads it.
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WixToolAttribute(string methodName, string description) : Attribute
{
    /// <summary>Gets the name by which Wix runs the tool.</summary>
    public string MethodName { get; } = methodName;

    /// <summary>Gets the description by which Wix's assistant chooses the tool.</summary>
    public string Description { get; } = description;

    /// <summary>Gets or sets the name that people see.</summary>
    /// <value>The default is <see langword="null"/>: the name by which Wix runs the tool.</value>
    public string? DisplayName { get; set; }
}
