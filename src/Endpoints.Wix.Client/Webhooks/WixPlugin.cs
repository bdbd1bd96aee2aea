namespace Endpoints.Wix;

/// <summary>
/// Represents a service plugin, which Wix calls while it works, such as for the shipping rates of a checkout. Derive from the typed
/// plugins of Wix's verticals, such as <c>ShippingRatesPlugin</c>.
/// </summary>
public abstract class WixPlugin;
