using Endpoints.Wix.Emulator;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DropIn.Tests;

/// <summary>One of the applications, started as it is or with the packages added.</summary>
internal sealed class RunningHost<THost>(string environment, WixEmulator? wix, Action<IServiceCollection>? configure = null)
    : WebApplicationFactory<THost>
    where THost : class
{
    public LogLines Log { get; } = new();

    /// <summary>The services that the application itself registered, in its order.</summary>
    public IReadOnlyList<ServiceDescriptor> Registrations { get; private set; } = [];

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(environment);
        if (wix is not null)
        {
            builder
                .UseSetting("Packages", "true")
                .UseSetting("Wix:ApiBaseAddress", wix.Address.AbsoluteUri)
                .UseSetting("Wix:ClientId", wix.App.ClientId)
                .UseSetting("Wix:ClientSecret", wix.App.ClientSecret)
                .UseSetting("Wix:PublicOrigin", "http://localhost");
        }

        builder.ConfigureTestServices(services =>
        {
            configure?.Invoke(services);
            Registrations = [.. services];
            services.AddLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Information).AddProvider(Log));
        });
    }
}
