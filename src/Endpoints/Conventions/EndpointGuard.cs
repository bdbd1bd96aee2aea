namespace Endpoints;

/// <summary>A guard or limit of an endpoint, in words for people: <c>Callers</c> and <c>visitor, member</c>, for instance.</summary>
/// <param name="Name">What is looked at.</param>
/// <param name="Value">What is let in. Any text; the page escapes it.</param>
/// <param name="IsLimit">Whether it bounds how often, how long or how much, instead of saying who or what. The default is false.</param>
public sealed record EndpointGuard(string Name, string Value, bool IsLimit = false);
