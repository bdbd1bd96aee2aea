using System.ComponentModel;

namespace Endpoints.Wix;

/// <summary>Implemented by a typed plugin, so that Wix's calls reach its methods.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IWixPlugin
{
    /// <summary>Gets the methods of the plugin.</summary>
    static abstract WixPluginTable Table { get; }
}
