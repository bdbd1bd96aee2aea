using Endpoints.Listing;
using Endpoints.Wix.Webhooks.Plugins;
using Endpoints.Wix.Webhooks.Running;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Webhooks.Hosting;

/// <summary>Lists event handlers and service plugins among the endpoints.</summary>
internal sealed class SignedRows(EventRegistry events, PluginRegistry plugins, IOptions<WixOptions> options) : IListedRows
{
    private static readonly EndpointGuard Signature = new("Signature", "Wix's, with the app's key");

    /// <inheritdoc/>
    public IEnumerable<ListedEndpoint> Load() =>
    [
        .. events.All.Select(static handler => handler.Registration)
            .OrderBy(static one => one.EventType, StringComparer.Ordinal).ThenBy(static one => one.Name, StringComparer.Ordinal)
            .Select(static one => new ListedEndpoint(["EVENT"], one.EventType, one.File, one.Name, [],
                Guards(one.Only, new("Delivery", one switch
                {
                    { OrderedByEntity: true } => "inbox, in the order of each entity",
                    { Inbox: true } => "inbox",
                    _ => "handled before the answer",
                })))),
        .. plugins.All.Select(static plugin => plugin.Registration).OrderBy(static one => one.Address, StringComparer.Ordinal)
            .Select(one => new ListedEndpoint(["PLUGIN"], $"{options.Value.Events.PluginPath}/{one.Address}", one.File, one.Name, [],
                Guards(one.Only, new("Plugin", one.Table.ExtensionType)))),
    ];

    private static List<ListedGuard> Guards(IReadOnlyList<string>? only, EndpointGuard last)
    {
        List<EndpointGuard> guards = [Signature];
        if (only is not null)
            guards.Add(new("Only", string.Join(", ", only)));
        guards.Add(last);
        return guards.ConvertAll(static guard => new ListedGuard(guard));
    }
}
