namespace Endpoints;

/// <summary>Represents a guard or limit of an endpoint in human-readable form, such as <c>Callers</c> and <c>visitor, member</c>.</summary>
/// <param name="Name">The name of the property that is checked.</param>
/// <param name="Value">The values that are admitted. Any text; the page escapes it.</param>
/// <param name="IsLimit">
/// <see langword="true"/> if it limits frequency, duration or size; <see langword="false"/> if it restricts who or what is admitted. The
/// default is <see langword="false"/>.
/// </param>
public sealed record EndpointGuard(string Name, string Value, bool IsLimit = false);
