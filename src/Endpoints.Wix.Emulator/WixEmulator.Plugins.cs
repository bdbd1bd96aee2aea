using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Catalog;
using Endpoints.Wix.Emulator.Events;

namespace Endpoints.Wix.Emulator;

/// <content>The service plugins that Wix calls.</content>
public sealed partial class WixEmulator
{
    private readonly ServicePlugins _plugins;

    /// <summary>
    /// Gets the types of all service plugins that Wix's packages or its documentation have, such as <c>ECOM_SHIPPING_RATES</c>.
    /// </summary>
    public static IReadOnlyCollection<string> ServicePluginTypes => [.. WixFacts.Instance.Plugins.Select(static one => one.Type)];

    /// <summary>Returns the methods of a service plugin, and the paths at which Wix calls them, below the plugin's address.</summary>
    /// <param name="appExtensionType">The type of the plugin, such as <c>ECOM_SHIPPING_RATES</c>.</param>
    /// <returns>The paths by the methods' names in JavaScript.</returns>
    /// <exception cref="ArgumentException">Wix's packages have no plugin of this type.</exception>
    public static IReadOnlyDictionary<string, string> ServicePluginMethods(string appExtensionType) =>
        PluginOf(appExtensionType).Methods.ToDictionary(static method => method.Name, static method => method.Path);

    /// <summary>Adds a service plugin of the app, which Wix calls where it has a use for it, such as at the checkout.</summary>
    /// <param name="appExtensionType">The type of the plugin, such as <c>ECOM_SHIPPING_RATES</c>.</param>
    /// <param name="address">The address of your plugin, below which its methods are.</param>
    /// <exception cref="ArgumentException">Wix's packages have no plugin of this type.</exception>
    public void AddServicePlugin(string appExtensionType, Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        _plugins.Add(PluginOf(appExtensionType), address);
    }

    /// <summary>Calls a method of a service plugin that was added, signed with the app's key, and returns the response.</summary>
    /// <param name="appExtensionType">The type of the plugin, such as <c>ECOM_SHIPPING_RATES</c>.</param>
    /// <param name="method">The name of the method in JavaScript, such as <c>getShippingRates</c>.</param>
    /// <param name="request">The request. The default is an example with a value in each field that Wix documents.</param>
    /// <param name="configure">The action that changes the claims and the signature.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task whose result is the response.</returns>
    /// <exception cref="ArgumentException">The plugin has no such method.</exception>
    /// <exception cref="InvalidOperationException">No such plugin was added.</exception>
    public Task<EmulatedDelivery> CallServicePluginAsync(
        string appExtensionType, string method, JsonObject? request = null, Action<EmulatedSigningOptions>? configure = null,
        CancellationToken cancellationToken = default)
    {
        var plugin = PluginOf(appExtensionType);
        var called = plugin.Methods.FirstOrDefault(one => one.Name == method)
            ?? throw new ArgumentException($"'{appExtensionType}' has no method '{method}'.", nameof(method));
        var address = _plugins.Find(plugin.Type)
            ?? throw new InvalidOperationException($"There is no '{appExtensionType}'. Call AddServicePlugin first.");
        return CallServicePluginAsync(ServicePlugins.Target(address, called), plugin.Type,
            request ?? plugin.Messages.Example(called.Request), configure, cancellationToken);
    }

    /// <summary>
    /// Runs a tool of the app as Wix's assistant does for a Wix user: by a call of the service plugin <c>TOOLS_PROVIDER_CONFIG</c> that was
    /// added.
    /// </summary>
    /// <param name="methodName">The name of the tool, as the app declares it.</param>
    /// <param name="payload">The tool's request. Like Wix, the emulator doesn't validate it. The default is an empty one.</param>
    /// <param name="configure">The action that changes the claims and the signature.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task whose result is the response. Its body has what the tool answered as <c>response</c>.</returns>
    /// <exception cref="InvalidOperationException">No such plugin was added.</exception>
    public Task<EmulatedDelivery> RunToolAsync(
        string methodName, JsonObject? payload = null, Action<EmulatedSigningOptions>? configure = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(methodName);
        var plugin = PluginOf(ToolsProvider.Type);
        var address = _plugins.Find(plugin.Type)
            ?? throw new InvalidOperationException($"There is no '{plugin.Type}'. Call AddServicePlugin first.");
        var request = new JsonObject { ["methodName"] = methodName, ["payload"] = payload?.DeepClone() ?? new JsonObject() };
        var body = _plugins.Sign(App, InstanceId, plugin.Type, request, EmulatedIdentity.User(), configure);
        return _postman.SendAsync(ServicePlugins.Target(address, plugin.Methods[0]), body, what: null, cancellationToken);
    }

    /// <summary>Calls a service plugin, signed with the app's key, and returns the response.</summary>
    /// <param name="target">The address of your endpoint.</param>
    /// <param name="appExtensionType">The type of the plugin, such as <c>SHIPPING_RATES</c>.</param>
    /// <param name="request">The request to the plugin.</param>
    /// <param name="configure">The action that changes the claims and the signature.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task whose result is the response.</returns>
    public Task<EmulatedDelivery> CallServicePluginAsync(
        Uri target, string appExtensionType, JsonObject request, Action<EmulatedSigningOptions>? configure = null,
        CancellationToken cancellationToken = default) =>
        _postman.SendAsync(target, SignServicePlugin(appExtensionType, request, configure), what: null, cancellationToken);

    /// <summary>Returns the body of a service plugin call, which is a JSON Web Token.</summary>
    /// <param name="appExtensionType">The type of the plugin.</param>
    /// <param name="request">The request to the plugin.</param>
    /// <param name="configure">The action that changes the claims and the signature.</param>
    /// <returns>The JSON Web Token.</returns>
    public string SignServicePlugin(string appExtensionType, JsonObject request, Action<EmulatedSigningOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(appExtensionType);
        ArgumentNullException.ThrowIfNull(request);
        return _plugins.Sign(App, InstanceId, appExtensionType, request, EmulatedIdentity.Visitor(), configure);
    }

    /// <summary>Returns an example of the request to a method of a service plugin, with a value in each field that Wix documents.</summary>
    /// <param name="appExtensionType">The type of the plugin.</param>
    /// <param name="method">The name of the method in JavaScript.</param>
    /// <returns>The request.</returns>
    /// <exception cref="ArgumentException">Wix's packages have no such plugin or method.</exception>
    public static JsonObject ServicePluginRequest(string appExtensionType, string method)
    {
        var plugin = PluginOf(appExtensionType);
        return plugin.Methods.FirstOrDefault(one => one.Name == method) is { } called
            ? plugin.Messages.Example(called.Request)
            : throw new ArgumentException($"'{appExtensionType}' has no method '{method}'.", nameof(method));
    }

    private static PluginFact PluginOf(string appExtensionType)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(appExtensionType);
        return WixFacts.Instance.Plugin(appExtensionType)
            ?? throw new ArgumentException($"Wix's packages have no service plugin '{appExtensionType}'.", nameof(appExtensionType));
    }
}
