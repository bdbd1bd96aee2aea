namespace Endpoints.Wix.Api.Emitter.Facts;

/// <summary>A service plugin, which Wix calls.</summary>
/// <param name="Type">Its type, such as <c>ECOM_SHIPPING_RATES</c>.</param>
/// <param name="Methods">What Wix calls.</param>
/// <param name="Errors">Which errors may be answered: a status and a code.</param>
internal sealed record Plugin(string Type, IReadOnlyList<PluginMethod> Methods, IReadOnlyList<(int Status, string Code)> Errors);
