using Endpoints.Wix;
using Endpoints.Wix.Calls;
using Endpoints.Wix.Clients;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extension methods that give an <see cref="HttpClient"/> a Wix identity.</summary>
public static class WixHttpClientBuilderExtensions
{
    /// <summary>
    /// Makes a named or typed <see cref="HttpClient"/> call Wix as one of the Wix clients does, so that Refit or a generated client can be
    /// used.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Each request passes the checks of the Wix client's own calls, such as <c>[Elevate]</c> and its <c>Only</c>, and is recorded like
    /// them. The base address is Wix's API, and no other host can be reached. The token is added after the client's last handler, so no
    /// handler or logger sees it. Redirects aren't followed.
    /// </para>
    /// <para>
    /// This is the client's primary handler: another one that is set later replaces it, and has no token. The headers <c>Accept</c>,
    /// <c>Accept-Language</c> and <c>If-...</c> are sent. A request with other headers of the application's own is refused. Answers of more
    /// than 16 MiB are an <see cref="HttpRequestException"/>.
    /// </para>
    /// </remarks>
    /// <typeparam name="TClient">The Wix client: <c>WixClient</c> for the caller, <c>ElevatedWixClient</c>, <see cref="AppWixClient"/> or
    /// <see cref="AdminWixClient"/>.</typeparam>
    /// <param name="builder">The client's builder, from <c>AddHttpClient</c>.</param>
    public static IHttpClientBuilder AddWixIdentity<TClient>(this IHttpClientBuilder builder)
        where TClient : WixApiClient
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder
            .ConfigureHttpClient(static (services, http) =>
                http.BaseAddress ??= services.ForApp().GetRequiredService<IOptions<WixClientOptions>>().Value.ApiBaseAddress)
            .ConfigurePrimaryHttpMessageHandler(
                static services => new IdentityHandler(() => services.ForApp().GetRequiredService<TClient>()));
    }

    /// <summary>
    /// Makes a named or typed <see cref="HttpClient"/> call Wix as one of the Wix clients of a named app does.
    /// </summary>
    /// <inheritdoc cref="AddWixIdentity{TClient}(IHttpClientBuilder)" path="/remarks|/typeparam"/>
    /// <param name="builder">The client's builder, from <c>AddHttpClient</c>.</param>
    /// <param name="app">The name of the app, from <c>AddWix(name, ...)</c>.</param>
    public static IHttpClientBuilder AddWixIdentity<TClient>(this IHttpClientBuilder builder, string app)
        where TClient : WixApiClient
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(app);
        return builder
            .ConfigureHttpClient((services, http) =>
                http.BaseAddress ??= services.GetRequiredKeyedService<IOptions<WixClientOptions>>(app).Value.ApiBaseAddress)
            .ConfigurePrimaryHttpMessageHandler(
                services => new IdentityHandler(() => services.GetRequiredKeyedService<TClient>(app)));
    }
}
