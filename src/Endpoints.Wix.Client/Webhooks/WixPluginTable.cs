using System.ComponentModel;

namespace Endpoints.Wix;

/// <summary>Represents the methods of a service plugin, by which Wix's calls are dispatched.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WixPluginTable
{
    private readonly WixPluginMethod[] _methods;

    /// <summary>Initializes a new instance of the <see cref="WixPluginTable"/> class.</summary>
    /// <param name="extensionType">The type of the plugin, such as <c>ECOM_SHIPPING_RATES</c>.</param>
    /// <param name="methods">The methods.</param>
    public WixPluginTable(string extensionType, params ReadOnlySpan<WixPluginMethod> methods)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(extensionType);
        ExtensionType = extensionType;
        _methods = methods.ToArray();
    }

    /// <summary>Gets the type of the plugin.</summary>
    public string ExtensionType { get; }

    /// <summary>Gets the methods.</summary>
    public IReadOnlyList<WixPluginMethod> Methods => _methods;
}
