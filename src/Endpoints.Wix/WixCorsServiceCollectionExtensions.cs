using Endpoints.Wix;
using Endpoints.Wix.Apps;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Provides extension methods that let pages on other origins call this application: an app's pages in Wix's dashboard, and widgets on
/// sites.
/// </summary>
public static class WixCorsServiceCollectionExtensions
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>Adds the CORS policy <see cref="WixDefaults.DashboardCorsPolicy"/>.</summary>
    /// <remarks>
    /// Wix serves the pages of an app created with its command line from <c>https://&lt;app id&gt;.wix.run</c>, where the app id is
    /// <see cref="WixClientOptions.ClientId"/>. In Development only, pages on any port of the local machine can also call. The policy does
    /// not allow cookies: dashboards send a token. Apply it with <c>UseCors()</c> and
    /// <c>MapFileRoutes().RequireCors(WixDefaults.DashboardCorsPolicy)</c>, or with
    /// <c>[EnableCors(WixDefaults.DashboardCorsPolicy)]</c> on individual endpoints.
    /// </remarks>
    /// <param name="services">The service collection.</param>
    /// <param name="origins">
    /// Additional origins, such as that of a dashboard page you host yourself: <c>https://dashboard.example</c>.
    /// </param>
    /// <returns>The same service collection, so that calls can be chained.</returns>
    /// <exception cref="ArgumentException">One of the <paramref name="origins"/> is not an HTTPS origin.</exception>
    public static IServiceCollection AddWixDashboardCors(this IServiceCollection services, params string[] origins)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(origins);
        foreach (var origin in origins)
        {
            if (!IsOrigin(origin, out var address) || address.Scheme != Uri.UriSchemeHttps)
                throw new ArgumentException(
                    $"'{origin}' is not an origin: write it as in https://dashboard.example, in lower case and without a path.",
                    nameof(origins));
        }

        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<WixApps, IHostEnvironment>((cors, apps, environment) =>
        {
            string[] allowed = [.. origins, .. apps.All.Select(static app =>
                $"https://{app.Services.GetRequiredService<IOptions<WixOptions>>().Value.ClientId}.wix.run")];
            var isDevelopment = environment.IsDevelopment();
            cors.AddPolicy(WixDefaults.DashboardCorsPolicy, policy => policy
                .SetIsOriginAllowed(origin => Array.Exists(allowed, own => string.Equals(own, origin, StringComparison.OrdinalIgnoreCase))
                    || (isDevelopment && IsOrigin(origin, out var address) && address.IsLoopback))
                .WithMethods(Methods)
                .AllowAnyHeader()
                .WithExposedHeaders("Retry-After")
                .SetPreflightMaxAge(TimeSpan.FromMinutes(10)));
        });
        return services;
    }

    /// <summary>Adds the CORS policy <see cref="WixDefaults.WidgetCorsPolicy"/>.</summary>
    /// <remarks>
    /// A widget runs on the sites on which the app is installed, whose domains are not known in advance. The policy therefore allows every
    /// origin and no cookies: a widget sends the visitor's or member's token. It exposes <c>Retry-After</c>. Apply it only to endpoints
    /// that widgets call, with <c>[EnableCors(WixDefaults.WidgetCorsPolicy)]</c> and <c>UseCors()</c>, because pages of every origin can
    /// read their responses.
    /// </remarks>
    /// <param name="services">The service collection.</param>
    /// <returns>The same service collection, so that calls can be chained.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    public static IServiceCollection AddWixWidgetCors(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddCors(static cors => cors.AddPolicy(WixDefaults.WidgetCorsPolicy, static policy => policy
            .AllowAnyOrigin()
            .WithMethods(Methods)
            .AllowAnyHeader()
            .WithExposedHeaders("Retry-After")
            .SetPreflightMaxAge(TimeSpan.FromMinutes(10))));
    }

    private static bool IsOrigin(string? text, out Uri address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address!)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address.GetLeftPart(UriPartial.Authority) == text && address.UserInfo.Length == 0;
}
