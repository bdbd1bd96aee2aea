using System.ComponentModel;

namespace Endpoints.Wix;

/// <summary>Specifies Wix's name of a typed event or service plugin, for compilers, which can't read it from the type's members.</summary>
/// <param name="name">The name, such as <c>wix.ecom.v1.order_created</c> or <c>ECOM_SHIPPING_RATES</c>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WixNameAttribute(string name) : Attribute
{
    /// <summary>Gets the name.</summary>
    public string Name { get; } = name;
}
