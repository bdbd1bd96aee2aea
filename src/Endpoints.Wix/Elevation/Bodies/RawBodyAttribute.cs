namespace Endpoints.Wix;

/// <summary>
/// Specifies that the handler of an elevated endpoint receives the body unchecked, for a handler that verifies a signature over the bytes.
/// </summary>
/// <remarks>
/// Without the attribute, JSON in which a member occurs twice, or with more than 32 levels, is refused before the handler runs. The handler
/// reads the body itself, as <c>HttpRequest</c>, <c>Stream</c> or <c>PipeReader</c>, and must check what it reads. The size limit still
/// applies. The guard lock records the attribute.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RawBodyAttribute : Attribute;
