using Endpoints;
using Endpoints.Wix;
using Endpoints.Wix.Apps;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides extension methods that add parts to a Wix app or replace them.</summary>
public static class WixBuilderExtensions
{
    /// <summary>Registers a check for <see cref="ElevateAttribute.Check"/> with a scoped lifetime.</summary>
    /// <remarks>If the check is already registered, its registration is kept.</remarks>
    /// <typeparam name="TCheck">The type of the check.</typeparam>
    /// <param name="builder">The Wix app.</param>
    /// <returns>The <paramref name="builder"/>, so that calls can be chained.</returns>
    public static IWixBuilder AddElevationCheck<TCheck>(this IWixBuilder builder)
        where TCheck : class, IElevationCheck
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddScoped<TCheck>();
        return builder;
    }

    /// <summary>
    /// Registers a handler that is notified when the app has been installed on a site through <c>MapWixInstallation()</c>.
    /// </summary>
    /// <remarks>
    /// Several handlers can be added. They run in the order in which they were added. Adding a handler again has no effect.
    /// </remarks>
    /// <typeparam name="THandler">The type of the handler. It is created for each installation.</typeparam>
    /// <param name="builder">The Wix app.</param>
    /// <returns>The <paramref name="builder"/>, so that calls can be chained.</returns>
    public static IWixBuilder AddInstallationHandler<THandler>(this IWixBuilder builder)
        where THandler : class, IWixInstallationHandler
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(builder.Name.Length == 0
            ? ServiceDescriptor.Scoped<IWixInstallationHandler, THandler>()
            : ServiceDescriptor.KeyedScoped<IWixInstallationHandler, THandler>(builder.Name));
        return builder;
    }

    /// <summary>Uses a custom source for the app's own tokens instead of Wix's token endpoint.</summary>
    /// <typeparam name="TSource">The type of the source. It is registered as a singleton.</typeparam>
    /// <param name="builder">The Wix app.</param>
    /// <returns>The <paramref name="builder"/>, so that calls can be chained.</returns>
    public static IWixBuilder UseTokenSource<TSource>(this IWixBuilder builder)
        where TSource : class, IWixTokenSource => builder.Use<IWixTokenSource, TSource>();

    /// <summary>Uses a custom source to identify callers by their tokens instead of Wix's token-info.</summary>
    /// <remarks>The source decides who callers are. For this reason, the guard lock has an entry for the type.</remarks>
    /// <typeparam name="TSource">The type of the source. It is registered as a singleton.</typeparam>
    /// <param name="builder">The Wix app.</param>
    /// <returns>The <paramref name="builder"/>, so that calls can be chained.</returns>
    public static IWixBuilder UseTokenInfoSource<TSource>(this IWixBuilder builder)
        where TSource : class, IWixTokenInfoSource => builder.Use<IWixTokenInfoSource, TSource>();

    /// <summary>Uses a custom store for sessions. Cookies then contain only their keys.</summary>
    /// <typeparam name="TStore">The type of the store. It is registered as a singleton.</typeparam>
    /// <param name="builder">The Wix app.</param>
    /// <returns>The <paramref name="builder"/>, so that calls can be chained.</returns>
    public static IWixBuilder UseSessionStore<TStore>(this IWixBuilder builder)
        where TStore : class, IWixSessionStore => builder.Use<IWixSessionStore, TStore>();

    /// <summary>
    /// Uses a custom store for events, and for the ids of events that have been handled, instead of the SQLite file.
    /// </summary>
    /// <remarks>All apps of an application have one store. The names under which they store events differ.</remarks>
    /// <typeparam name="TStore">The type of the store. It is registered as a singleton.</typeparam>
    /// <param name="builder">The Wix app.</param>
    /// <returns>The <paramref name="builder"/>, so that calls can be chained.</returns>
    public static IWixBuilder UseInboxStore<TStore>(this IWixBuilder builder)
        where TStore : class, IInboxStore
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Singleton<IInboxStore, TStore>());
        return builder;
    }

    /// <summary>Uses a custom sink for the audit records of elevated calls instead of the log.</summary>
    /// <typeparam name="TSink">The type of the sink. It is registered as a singleton.</typeparam>
    /// <param name="builder">The Wix app.</param>
    /// <returns>The <paramref name="builder"/>, so that calls can be chained.</returns>
    public static IWixBuilder UseAuditSink<TSink>(this IWixBuilder builder)
        where TSink : class, IWixAuditSink => builder.Use<IWixAuditSink, TSink>();

    /// <summary>
    /// Adds the CORS policy <see cref="WixDefaults.DashboardCorsPolicy"/>, which lets the app's dashboard pages call this application.
    /// </summary>
    /// <inheritdoc cref="WixCorsServiceCollectionExtensions.AddWixDashboardCors" path="/remarks|/exception"/>
    /// <param name="builder">The Wix app.</param>
    /// <param name="origins">
    /// Additional origins, such as that of a dashboard page you host yourself: <c>https://dashboard.example</c>.
    /// </param>
    /// <returns>The <paramref name="builder"/>, so that calls can be chained.</returns>
    public static IWixBuilder AddDashboardCors(this IWixBuilder builder, params string[] origins)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddWixDashboardCors(origins);
        return builder;
    }

    /// <summary>
    /// Adds the CORS policy <see cref="WixDefaults.WidgetCorsPolicy"/>, which lets widgets on every site call the endpoints to which it is
    /// applied.
    /// </summary>
    /// <inheritdoc cref="WixCorsServiceCollectionExtensions.AddWixWidgetCors" path="/remarks"/>
    /// <param name="builder">The Wix app.</param>
    /// <returns>The <paramref name="builder"/>, so that calls can be chained.</returns>
    public static IWixBuilder AddWidgetCors(this IWixBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddWixWidgetCors();
        return builder;
    }

    private static IWixBuilder Use<TService, TImplementation>(this IWixBuilder builder)
        where TService : class
        where TImplementation : class, TService
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.ReplacePart<TService, TImplementation>(builder.Name);
        return builder;
    }
}
