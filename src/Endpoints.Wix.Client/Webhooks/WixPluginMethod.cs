using System.ComponentModel;
using System.Text.Json.Nodes;

namespace Endpoints.Wix;

/// <summary>Represents one method of a service plugin.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WixPluginMethod
{
    private readonly Func<WixPlugin, WixPluginCall, CancellationToken, Task<WixMessage>> _call;

    /// <summary>Initializes a new instance of the <see cref="WixPluginMethod"/> class.</summary>
    /// <param name="name">The name of the method in JavaScript, such as <c>getShippingRates</c>.</param>
    /// <param name="path">The path at which Wix calls it, below the address of the plugin.</param>
    /// <param name="call">Reads the request and calls the plugin's method.</param>
    public WixPluginMethod(string name, string path, Func<WixPlugin, WixPluginCall, CancellationToken, Task<WixMessage>> call)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(call);
        Name = name;
        Path = path;
        _call = call;
    }

    /// <summary>Gets the name of the method in JavaScript.</summary>
    public string Name { get; }

    /// <summary>Gets the path at which Wix calls it, below the address of the plugin.</summary>
    public string Path { get; }

    /// <summary>Calls the method of a plugin.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="call">Wix's call, which has the request.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="WixPluginException">The plugin declares that it can't.</exception>
    internal async Task<JsonObject> InvokeAsync(WixPlugin plugin, WixPluginCall call, CancellationToken cancellationToken) =>
        (await _call(plugin, call, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"'{plugin.GetType()}' answered '{Name}' with null.")).Json;
}
