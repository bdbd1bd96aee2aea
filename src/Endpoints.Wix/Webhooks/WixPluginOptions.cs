namespace Endpoints.Wix;

/// <summary>Provides options for a service plugin that is registered in code.</summary>
public sealed class WixPluginOptions
{
    /// <summary>
    /// Gets or sets the segment of the plugin's address, below <see cref="WixEventOptions.PluginPath"/>. The default is the type of the
    /// plugin, such as <c>ecom-shipping-rates</c>.
    /// </summary>
    public string? Address { get; set; }

    /// <summary>
    /// Gets or sets the calls as the app that the plugin may make, as in <see cref="ElevateAttribute.Only"/>. The default is
    /// <see langword="null"/>: all.
    /// </summary>
    public IReadOnlyList<string>? Only { get; set; }
}
