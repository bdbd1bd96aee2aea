using System.Reflection;
using System.Runtime.CompilerServices;
using Endpoints;
using Endpoints.Wix;
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
        var application = endpoints.ServiceProvider.GetRequiredService<IHostEnvironment>().ApplicationName;
        return Map(endpoints, new[] { Assembly.GetCallingAssembly(), ApplicationAssembly.Find(application) }.Distinct()
            .Select(static assembly => assembly is null ? null : WixFileTable.For(assembly)).OfType<WixFileTable>());
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
        return Map(endpoints, [WixFileTable.For(assembly) ?? throw new InvalidOperationException(
            $"'{assembly.GetName().Name}' has no event or plugin files. Add a file such as events/order-created.cs to its project and let "
            + "the project reference the package Endpoints.Wix.")]);
    }

    private static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints, IEnumerable<WixFileTable> tables)
    {
        var services = endpoints.ServiceProvider;
        var receiver = FlowRoutes.Handlers<EventEndpoint>(endpoints, nameof(MapWixEvents));
        var options = services.GetRequiredService<IOptions<WixOptions>>().Value;
        if (!DesignTime.IsNow && services.GetRequiredService<SigningKeys>().Now is null)
        {
            throw new InvalidOperationException(
                "MapWixEvents needs the key with which Wix's signatures are verified. Set Wix:PublicKey, or the variable "
                + "WIX_CLIENT_PUBLIC_KEY, to the app's public key from its dashboard at Wix.");
        }

        var files = tables.ToList();
        var registry = services.GetRequiredService<EventRegistry>();
        registry.Map(files.Select(static table => (Func<IReadOnlyList<WixEventRegistration>>)table.LoadEvents));
        var plugins = services.GetRequiredService<PluginRegistry>();
        plugins.Map(files.Select(static table => (Func<IReadOnlyList<WixPluginRegistration>>)table.LoadPlugins));
        SignedUpdates.Watch(services);
        if (registry.All.Count == 0 && plugins.All.Count == 0)
            LogNothing(services.GetRequiredService<ILoggerFactory>().CreateLogger<EventEndpoint>());

        FailedPage.AddTo(endpoints);
        var group = endpoints.MapGroup("");
        SignedAddress.Map(group, options.Events.WebhookPath + "/{id?}", SignedCallKind.Event, "POST events (Wix)", receiver.InvokeAsync);
        var plugin = services.GetRequiredService<PluginEndpoint>();
        foreach (var registered in plugins.All)
        {
            var address = registered.Registration.Address;
            SignedAddress.Map(group, $"{options.Events.PluginPath}/{address}/{{**{PluginEndpoint.MethodValue}}}", SignedCallKind.Plugin,
                $"POST {address} (Wix, {registered.Registration.Table.ExtensionType})", context => plugin.InvokeAsync(context, address));
        }

        return group;
    }

    [LoggerMessage(1, LogLevel.Warning,
        "MapWixEvents() is called, and nothing handles an event. Add a file such as events/order-created.cs, or call AddWixEventHandler or "
        + "AddWixPlugin")]
    private static partial void LogNothing(ILogger logger);
}
