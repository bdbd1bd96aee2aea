using System.Reflection;
using System.Runtime.CompilerServices;
using Endpoints;
using Endpoints.Wix;
using Endpoints.Wix.Apps;
using Endpoints.Wix.CompilerServices;
using Endpoints.Wix.Flows;
using Endpoints.Wix.Inboxes;
using Endpoints.Wix.Options;
using Endpoints.Wix.Webhooks.Hosting;
using Endpoints.Wix.Webhooks.Plugins;
using Endpoints.Wix.Webhooks.Receiving;
using Endpoints.Wix.Webhooks.Running;
using Endpoints.Wix.Webhooks.Signatures;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Provides extension methods that map the addresses to which Wix sends events and service plugin calls.</summary>
public static partial class WixEventEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the address to which Wix sends events, and one for each service plugin: those of the calling assembly's and of the
    /// application's files, and those that are registered as services.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The address of events is <see cref="WixEventOptions.WebhookPath"/>, with or without one more segment, and that of a plugin is
    /// below <see cref="WixEventOptions.PluginPath"/>. Wix's signature is their guard: what Wix has not signed for this app is answered
    /// with 401 or 400.
    /// </para>
    /// <para>
    /// The answer is 200 when all handlers of the event have succeeded. Otherwise Wix delivers the event again. An event that nothing
    /// handles is answered with 200.
    /// </para>
    /// </remarks>
    /// <param name="endpoints">The application or a route group.</param>
    /// <returns>A builder for conventions that apply to all of the addresses.</returns>
    /// <exception cref="InvalidOperationException">
    /// The application has not called <c>AddWix</c>, no public key is configured, or handlers contradict each other.
    /// </exception>
    [MethodImpl(MethodImplOptions.NoInlining)] // or else the calling assembly would be another
    public static IEndpointConventionBuilder MapWixEvents(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return Map(endpoints, name: null, TablesOf(endpoints, Assembly.GetCallingAssembly()));
    }

    /// <summary>
    /// Maps the address to which Wix sends the events of a named app, and one for each service plugin: those of the calling assembly's and
    /// of the application's files, and those that are registered as services.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The addresses are those of the app's <see cref="WixEventOptions"/>, on its <see cref="WixOptions.Hosts"/> if it has any. Its own
    /// keys verify Wix's signature. A handler or plugin with <c>[WixApp("shop")]</c> is that app's; one without is that of every app whose
    /// events are mapped.
    /// </para>
    /// </remarks>
    /// <param name="endpoints">The application or a route group.</param>
    /// <param name="app">The name of the app, from <c>AddWix(name, ...)</c>.</param>
    /// <returns>A builder for conventions that apply to all of the addresses.</returns>
    /// <exception cref="InvalidOperationException">
    /// There is no such app, it has no public key, or handlers contradict each other.
    /// </exception>
    [MethodImpl(MethodImplOptions.NoInlining)] // or else the calling assembly would be another
    public static IEndpointConventionBuilder MapWixEvents(this IEndpointRouteBuilder endpoints, string app)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(app);
        return Map(endpoints, app, TablesOf(endpoints, Assembly.GetCallingAssembly()));
    }

    /// <summary>
    /// Maps the address to which Wix sends events, and one for each service plugin: those of an assembly's files, and those that are
    /// registered as services.
    /// </summary>
    /// <inheritdoc cref="MapWixEvents(IEndpointRouteBuilder)"/>
    /// <param name="endpoints">The application or a route group.</param>
    /// <param name="assembly">The assembly that was built with the files.</param>
    /// <returns>A builder for conventions that apply to all of the addresses.</returns>
    public static IEndpointConventionBuilder MapWixEvents(this IEndpointRouteBuilder endpoints, Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(assembly);
        return Map(endpoints, name: null, [WixFileTable.For(assembly) ?? throw new InvalidOperationException(
            $"'{assembly.GetName().Name}' has no event or plugin files. Add a file such as events/order-created.cs to its project and let "
            + "the project reference the package Endpoints.Wix.")]);
    }

    private static IEnumerable<WixFileTable> TablesOf(IEndpointRouteBuilder endpoints, Assembly calling)
    {
        var application = endpoints.ServiceProvider.GetRequiredService<IHostEnvironment>().ApplicationName;
        return new[] { calling, ApplicationAssembly.Find(application) }.Distinct()
            .Select(static assembly => assembly is null ? null : WixFileTable.For(assembly)).OfType<WixFileTable>();
    }

    private static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints, string? name, IEnumerable<WixFileTable> tables)
    {
        var receivers = FlowRoutes.Handlers<EventEndpoint>(endpoints, nameof(MapWixEvents));
        var group = endpoints.MapGroup("");
        var app = name is null
            ? receivers.Apps.Default ?? throw new InvalidOperationException(
                "MapWixEvents() maps the events of the Wix app without a name, and the application has none. Name the app: "
                + $"MapWixEvents(\"{receivers.Apps.First.Name}\").")
            : FlowRoutes.Name(group, receivers.Apps, name, nameof(MapWixEvents))[0];
        var services = app.Services;
        var options = services.GetRequiredService<IOptions<WixOptions>>().Value;
        if (!DesignTime.IsNow && services.GetRequiredService<SigningKeys>().Now is null)
        {
            throw new InvalidOperationException(app.Name.IsDefault
                ? "MapWixEvents needs the key with which Wix's signatures are verified. Set Wix:PublicKey, or the variable "
                    + "WIX_CLIENT_PUBLIC_KEY, to the app's public key from its dashboard at Wix."
                : $"MapWixEvents(\"{app.Name}\") needs the key with which Wix's signatures are verified. Set PublicKey of the Wix app "
                    + $"'{app.Name}' to its public key from its dashboard at Wix.");
        }

        DemandOwnAddress(receivers.Apps, app, options);
        var receiver = receivers.Of(app);
        if (!app.Name.IsDefault && options.Hosts.Count > 0)
            group.RequireHost([.. options.Hosts]);

        var files = tables.ToList();
        var registry = services.GetRequiredService<EventRegistry>();
        registry.Map(files.Select(static table => (Func<IReadOnlyList<WixEventRegistration>>)table.LoadEvents));
        var plugins = services.GetRequiredService<PluginRegistry>();
        plugins.Map(files.Select(static table => (Func<IReadOnlyList<WixPluginRegistration>>)table.LoadPlugins));
        SignedUpdates.Watch(services);
        if (registry.All.Count == 0 && plugins.All.Count == 0)
            LogNothing(services.GetRequiredService<ILoggerFactory>().CreateLogger<EventEndpoint>());

        FailedPage.AddTo(endpoints);
        if (plugins.All.Any(static one => one.Registration.IsTool))
            ToolsPage.AddTo(endpoints);
        SignedAddress.Map(group, options.Events.WebhookPath + "/{id?}", SignedCallKind.Event, "POST events (Wix)", receiver.InvokeAsync);
        var plugin = services.GetRequiredService<PluginEndpoint>();
        foreach (var registered in plugins.All.DistinctBy(static one => one.Registration.Address, StringComparer.OrdinalIgnoreCase))
        {
            var address = registered.Registration.Address;
            SignedAddress.Map(group, $"{options.Events.PluginPath}/{address}/{{**{PluginEndpoint.MethodValue}}}", SignedCallKind.Plugin,
                $"POST {address} (Wix, {registered.Registration.Table.ExtensionType})", context => plugin.InvokeAsync(context, address));
        }

        return group;
    }

    // Routing would not know which of the two is meant.
    private static void DemandOwnAddress(WixApps apps, WixApp app, WixOptions options)
    {
        foreach (var other in apps.All.Where(other => other != app && other.Services.GetRequiredService<EventRegistry>().IsMapped))
        {
            var its = other.Services.GetRequiredService<IOptions<WixOptions>>().Value;
            if (string.Equals(its.Events.WebhookPath, options.Events.WebhookPath, StringComparison.OrdinalIgnoreCase)
                && HasHosts(app, options) == HasHosts(other, its))
            {
                if (HasHosts(app, options))
                    continue; // two apps don't have the same one
                throw new InvalidOperationException(
                    $"The events of {app} and of {other} have the address {options.Events.WebhookPath}. Set Events:WebhookPath and "
                    + "Events:PluginPath of one of them, or Hosts.");
            }
        }

        static bool HasHosts(WixApp app, WixOptions options) => !app.Name.IsDefault && options.Hosts.Count > 0;
    }

    [LoggerMessage(1, LogLevel.Warning,
        "MapWixEvents() is called, and nothing handles an event. Add a file such as events/order-created.cs, or call AddWixEventHandler or "
        + "AddWixPlugin")]
    private static partial void LogNothing(ILogger logger);
}
