using Endpoints.Wix;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extension methods that add parts to a Wix app.</summary>
public static class WixBuilderExtensions
{
    /// <summary>Registers a check for <see cref="ElevateAttribute.Check"/>, made for each request.</summary>
    /// <remarks>A check that is registered already stays as it is.</remarks>
    /// <typeparam name="TCheck">The type of the check.</typeparam>
    /// <param name="builder">The app.</param>
    /// <returns>The app, for further calls.</returns>
    public static IWixBuilder AddElevationCheck<TCheck>(this IWixBuilder builder)
        where TCheck : class, IElevationCheck
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddScoped<TCheck>();
        return builder;
    }

    /// <summary>Registers a handler that is told when the app has been installed on a site through <c>MapWixInstallation()</c>.</summary>
    /// <remarks>Several handlers may be added; they run in the order in which they were added. Adding one twice adds it once.</remarks>
    /// <typeparam name="THandler">The type of the handler, made for each installation.</typeparam>
    /// <param name="builder">The app.</param>
    /// <returns>The app, for further calls.</returns>
    public static IWixBuilder AddInstallationHandler<THandler>(this IWixBuilder builder)
        where THandler : class, IWixInstallationHandler
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Scoped<IWixInstallationHandler, THandler>());
        return builder;
    }

    /// <summary>Gets the app's own tokens from a source of the application's in place of Wix's token endpoint.</summary>
    /// <typeparam name="TSource">The type of the source: a singleton.</typeparam>
    /// <param name="builder">The app.</param>
    /// <returns>The app, for further calls.</returns>
    public static IWixBuilder UseTokenSource<TSource>(this IWixBuilder builder)
        where TSource : class, IWixTokenSource => builder.Use<IWixTokenSource, TSource>();

    /// <summary>Asks a source of the application's whose a caller's token is, in place of Wix's token-info.</summary>
    /// <remarks>It decides who callers are: the guard lock has an entry for the type.</remarks>
    /// <typeparam name="TSource">The type of the source: a singleton.</typeparam>
    /// <param name="builder">The app.</param>
    /// <returns>The app, for further calls.</returns>
    public static IWixBuilder UseTokenInfoSource<TSource>(this IWixBuilder builder)
        where TSource : class, IWixTokenInfoSource => builder.Use<IWixTokenInfoSource, TSource>();

    /// <summary>Keeps sessions in a store of the application's, and only their keys in cookies.</summary>
    /// <typeparam name="TStore">The type of the store: a singleton.</typeparam>
    /// <param name="builder">The app.</param>
    /// <returns>The app, for further calls.</returns>
    public static IWixBuilder UseSessionStore<TStore>(this IWixBuilder builder)
        where TStore : class, IWixSessionStore => builder.Use<IWixSessionStore, TStore>();

    /// <summary>Keeps the record of elevated calls in a sink of the application's in place of the log.</summary>
    /// <typeparam name="TSink">The type of the sink: a singleton.</typeparam>
    /// <param name="builder">The app.</param>
    /// <returns>The app, for further calls.</returns>
    public static IWixBuilder UseAuditSink<TSink>(this IWixBuilder builder)
        where TSink : class, IWixAuditSink => builder.Use<IWixAuditSink, TSink>();

    /// <summary>Adds the CORS policy <see cref="WixDefaults.DashboardCorsPolicy"/>, which lets the app's dashboard pages call this application.</summary>
    /// <inheritdoc cref="WixCorsServiceCollectionExtensions.AddWixDashboardCors" path="/remarks|/exception"/>
    /// <param name="builder">The app.</param>
    /// <param name="origins">Further origins, such as that of a dashboard page you host yourself: <c>https://dashboard.example</c>.</param>
    /// <returns>The app, for further calls.</returns>
    public static IWixBuilder AddDashboardCors(this IWixBuilder builder, params string[] origins)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddWixDashboardCors(origins);
        return builder;
    }

    /// <summary>Adds the CORS policy <see cref="WixDefaults.WidgetCorsPolicy"/>, which lets widgets on every site call the endpoints that have it.</summary>
    /// <inheritdoc cref="WixCorsServiceCollectionExtensions.AddWixWidgetCors" path="/remarks"/>
    /// <param name="builder">The app.</param>
    /// <returns>The app, for further calls.</returns>
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
        builder.Services.Replace(ServiceDescriptor.Singleton<TService, TImplementation>());
        return builder;
    }
}
