using Endpoints.Wix;
using Endpoints.Wix.Apps;
using Endpoints.Wix.Elevation;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.ServiceCallers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Endpoints.Testing.Running;

/// <summary>Hosts the unchanged application on an emulated Wix platform, with a substitute for the handlers behind its guards.</summary>
internal sealed class ApplicationUnderTest<TEntryPoint>(WixEmulator wix, EmulatedApps apps, GuardMatrixOptions options)
    : WebApplicationFactory<TEntryPoint>
    where TEntryPoint : class
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // The application may look for credentials while it builds its host.
        builder
            .UseSetting("Wix:ApiBaseAddress", wix.Address.AbsoluteUri)
            .UseSetting("Wix:ClientId", wix.App.ClientId)
            .UseSetting("Wix:ClientSecret", wix.App.ClientSecret)
            .UseSetting("Wix:InstanceId", wix.InstanceId)
            .UseSetting("Wix:PublicKey", wix.App.PublicKey);
        foreach (var (name, value) in options.Settings)
            builder.UseSetting(name, value);
        options.ConfigureHost?.Invoke(builder);
        builder.ConfigureTestServices(services =>
        {
            services.AddLogging(static logging => logging.ClearProviders()); // hundreds of refusals are what is wanted
            options.ConfigureServices?.Invoke(services);
            services.PostConfigure<WixOptions>(wixOptions => UseEmulator(wixOptions, wix.App));
            // Whether a caller is let in does not depend on where its session is kept, and the application's own store knows none of these.
            services.RemoveAll<IWixSessionStore>();
            services.AddSingleton(new StandIn(Behind.AnswerAsync));
            services.AddSingleton<MatrixKeys>();
            services.AddSingleton<IServiceKeys>(static services => services.GetRequiredService<MatrixKeys>());
            foreach (var app in NamedApps(services).ToList())
            {
                services.PostConfigure<WixOptions>(app, wixOptions => UseEmulator(wixOptions, apps.Of(app)));
                services.RemoveAllKeyed<IWixSessionStore>(app);
                services.AddKeyedSingleton<IServiceKeys>(app, static (services, _) => services.GetRequiredService<MatrixKeys>());
            }

            services.Configure<MvcOptions>(static mvc => mvc.Filters.Add(new Behind()));
        });
    }

    private static IEnumerable<string> NamedApps(IServiceCollection services) => services
        .Select(static service => service.IsKeyedService ? null : service.ImplementationInstance as AppRegistration)
        .OfType<AppRegistration>().Select(static app => app.Name).Where(static name => name.Length > 0);

    // Whatever the application's configuration says: no request of a test reaches Wix.
    private void UseEmulator(WixOptions wixOptions, EmulatedApp app)
    {
        wixOptions.ApiBaseAddress = wix.Address;
        wixOptions.ClientId = app.ClientId;
        wixOptions.ClientSecret = new(app.ClientSecret);
        wixOptions.InstanceId = app.InstanceIdOn(wix.Site);
        wixOptions.PublicKey = app.PublicKey;
        wixOptions.Inbox.Path = ":memory:"; // no event that waits elsewhere is handled here
        // A busy machine must fail no test.
        (wixOptions.Resilience.TokenTimeout, wixOptions.Resilience.RequestTimeout) = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
    }
}
