using System.Diagnostics.CodeAnalysis;

namespace Endpoints.Wix;

/// <summary>Specifies the address of a service plugin in a plugin file, and what it may do.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WixPluginAttribute : Attribute
{
    /// <summary>Gets or sets the segment of the plugin's address, below <c>Wix:Events:PluginPath</c>.</summary>
    /// <value>The default is <see langword="null"/>: the name of the file without its extension, such as <c>shipping-rates</c>.</value>
    public string? Address { get; set; }

    /// <summary>Gets or sets the calls that the plugin may make as the app.</summary>
    /// <value>
    /// A method and a path for each call, such as <c>GET /stores/*</c>, as in <see cref="ElevateAttribute.Only"/>. The default is
    /// <see langword="null"/>, which allows all calls.
    /// </value>
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays",
        Justification = "An attribute's property can have no other type.")]
    public string[]? Only { get; set; }
}
