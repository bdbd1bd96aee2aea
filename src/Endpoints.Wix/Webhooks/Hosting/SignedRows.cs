using Endpoints.Listing;
using Endpoints.Shared.Lock;
using Endpoints.Wix.Apps;
using Endpoints.Wix.Elevation.Locking;
using Endpoints.Wix.Webhooks.Plugins;
using Endpoints.Wix.Webhooks.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Webhooks.Hosting;

/// <summary>Lists event handlers and service plugins among the endpoints.</summary>
internal sealed class SignedRows(PerApp<EventRegistry> events, PerApp<PluginRegistry> plugins) : IListedRows
{
    private static readonly EndpointGuard Signature = new("Signature", "Wix's, with the app's key");

    /// <inheritdoc/>
    public IEnumerable<ListedEndpoint> Load() =>
        [.. events.Apps.All.SelectMany(Events), .. plugins.Apps.All.SelectMany(Plugins)];

    private IEnumerable<ListedEndpoint> Events(WixApp app) => events.Of(app).All.Select(static handler => handler.Registration)
        .OrderBy(static one => one.EventType, StringComparer.Ordinal).ThenBy(static one => one.Name, StringComparer.Ordinal)
        .Select(one => new ListedEndpoint(["EVENT"], one.EventType, one.File, one.Name, [],
            Guards(app, one.Only, new("Delivery", one switch
            {
                { OrderedByEntity: true } => "inbox, in the order of each entity",
                { Inbox: true } => "inbox",
                _ => "handled before the answer",
            }), ListedCalls.Of(LockedEndpoint.Event, one.EventType, one.Only, one.Handler.Assembly))));

    private IEnumerable<ListedEndpoint> Plugins(WixApp app)
    {
        var path = app.Services.GetRequiredService<IOptions<WixOptions>>().Value.Events.PluginPath;
        return plugins.Of(app).All.Select(static plugin => plugin.Registration).OrderBy(static one => one.Address, StringComparer.Ordinal)
            .Select(one => new ListedEndpoint(["PLUGIN"], $"{path}/{one.Address}", one.File, one.Name, [],
                Guards(app, one.Only, new("Plugin", one.Route),
                    ListedCalls.Of(LockedEndpoint.Plugin, one.Route, one.Only, one.Plugin.Assembly))));
    }

    private static List<ListedGuard> Guards(
        WixApp app, IReadOnlyList<string>? only, EndpointGuard own, IEnumerable<EndpointGuard> calls)
    {
        List<EndpointGuard> guards = [Signature];
        if (!app.Name.IsDefault)
            guards.Add(new("App", app.Name.Value));
        if (only is not null)
            guards.Add(new("Only", string.Join(", ", only)));
        guards.Add(own);
        guards.AddRange(calls);
        return guards.ConvertAll(static guard => new ListedGuard(guard));
    }
}
