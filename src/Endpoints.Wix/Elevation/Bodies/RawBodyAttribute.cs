namespace Endpoints.Wix;

/// <summary>Hands the body of an elevated endpoint to its handler as it came, unchecked, for a handler that verifies a signature over the bytes.</summary>
/// <remarks>
/// Without it, JSON in which a member occurs twice, or with more than 32 levels, is refused before the handler runs. The handler reads the body itself, as
/// <c>HttpRequest</c>, <c>Stream</c> or <c>PipeReader</c>, and has to check what it reads. The size limit still applies. The guard lock records it.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RawBodyAttribute : Attribute;
