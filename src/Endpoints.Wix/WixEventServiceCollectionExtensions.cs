using Endpoints.Wix;
using Endpoints.Wix.CompilerServices;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides extension methods that register handlers of Wix's events, and service plugins.</summary>
public static class WixEventServiceCollectionExtensions
{
    /// <summary>
    /// Registers a class that handles the events of a type. <c>app.MapWixEvents()</c> maps the address to which Wix sends them.
    /// </summary>
    /// <remarks>
    /// A handler that is registered as a service is taken from the event's scope; any other is created for each event, with its
    /// constructor's parameters from that scope.
    /// </remarks>
    /// <typeparam name="TEvent">The typed event, such as <c>OrderCreated</c>.</typeparam>
    /// <typeparam name="THandler">The class of the handler.</typeparam>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">A delegate that configures the handler.</param>
    /// <returns>The service collection.</returns>
    public static IServiceCollection AddWixEventHandler<TEvent, THandler>(this IServiceCollection services,
        Action<WixEventHandlerOptions>? configure = null)
        where TEvent : WixEvent, IWixEvent<TEvent>
        where THandler : class, IWixEventHandler<TEvent>
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = Configured(configure);
        return services.AddSingleton(WixEventRegistration.For<TEvent>(Name<THandler>(options, TEvent.EventType), typeof(THandler),
            RunAsync<TEvent, THandler>, file: null, options.Inbox, options.OrderedByEntity, options.Only));
    }

    /// <summary>Registers a class that handles the raw events of a type, such as one that no package has typed.</summary>
    /// <inheritdoc cref="AddWixEventHandler{TEvent, THandler}(IServiceCollection, Action{WixEventHandlerOptions}?)"/>
    /// <typeparam name="THandler">The class of the handler.</typeparam>
    /// <param name="services">The service collection.</param>
    /// <param name="eventType">Wix's name of the event, such as <c>wix.ecom.v1.order_created</c>.</param>
    /// <param name="configure">A delegate that configures the handler.</param>
    /// <returns>The service collection.</returns>
    public static IServiceCollection AddWixEventHandler<THandler>(this IServiceCollection services, string eventType,
        Action<WixEventHandlerOptions>? configure = null)
        where THandler : class, IWixEventHandler<WixEvent>
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(eventType);
        var options = Configured(configure);
        return services.AddSingleton(new WixEventRegistration(Name<THandler>(options, eventType), eventType, typeof(THandler),
            RunAsync<WixEvent, THandler>, file: null, options.Inbox, options.OrderedByEntity, options.Only));
    }

    /// <summary>
    /// Registers a service plugin. <c>app.MapWixEvents()</c> maps its address: <c>/_wix/extensions/service-plugins/ecom-shipping-rates</c>.
    /// </summary>
    /// <remarks>
    /// The plugin is created for each call, with its constructor's parameters from a scope of its own. Until it has answered,
    /// <see cref="ElevatedWixClient"/>, <see cref="WixAuth"/> and the modules act as the app on the instance that is called.
    /// </remarks>
    /// <typeparam name="TPlugin">The plugin, which derives from a typed one such as <c>ShippingRatesPlugin</c>.</typeparam>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">A delegate that configures the plugin.</param>
    /// <returns>The service collection.</returns>
    public static IServiceCollection AddWixPlugin<TPlugin>(this IServiceCollection services, Action<WixPluginOptions>? configure = null)
        where TPlugin : WixPlugin, IWixPlugin
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = new WixPluginOptions();
        configure?.Invoke(options);
        return services.AddSingleton(WixPluginRegistration.For<TPlugin>(typeof(TPlugin).FullName ?? typeof(TPlugin).Name, file: null,
            options.Address, options.Only));
    }

    private static WixEventHandlerOptions Configured(Action<WixEventHandlerOptions>? configure)
    {
        var options = new WixEventHandlerOptions();
        configure?.Invoke(options);
        return options;
    }

    private static string Name<THandler>(WixEventHandlerOptions options, string eventType) =>
        options.Name ?? $"{typeof(THandler).FullName}/{eventType}";

    private static async Task RunAsync<TEvent, THandler>(IServiceProvider services, TEvent received, CancellationToken ct)
        where TEvent : WixEvent
        where THandler : class, IWixEventHandler<TEvent>
    {
        if (services.GetService<THandler>() is { } registered)
        {
            await registered.HandleAsync(received, ct).ConfigureAwait(false);
            return;
        }

        var handler = WixFileTable.Create<THandler>(services);
        try
        {
            await handler.HandleAsync(received, ct).ConfigureAwait(false);
        }
        finally
        {
            await WixFileTable.DisposeAsync(handler).ConfigureAwait(false);
        }
    }
}
