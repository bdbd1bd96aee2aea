using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Tests.Configuration;

public sealed class BuilderTests
{
    [Fact]
    public void AddWix_returns_the_app_on_the_same_services_each_time()
    {
        var services = new ServiceCollection();

        var wix = services.AddWix(static _ => { });
        var count = services.Count;
        var again = services.AddWix(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build());

        Assert.Same(services, wix.Services);
        Assert.Same(services, again.Services);
        Assert.Equal((Microsoft.Extensions.Options.Options.DefaultName, Microsoft.Extensions.Options.Options.DefaultName),
            (wix.Name, again.Name));
        Assert.Equal(count + 2, services.Count); // what the second call configures, and from where
    }

    [Fact]
    public async Task A_check_that_the_builder_registers_decides()
    {
        await using var site = await WixSite.StartAsync(
            static app => app.MapGet("/{answer}", (bool answer) => answer)
                .Elevate(Callers.Visitor, options => options.Check = typeof(AsTheRouteSays)),
            build: static builder => builder.Services.AddWix(static _ => { }).AddElevationCheck<AsTheRouteSays>());

        Assert.Equal(200, (int)(await site.GetAsync("/true")).Status);
        Assert.Equal(404, (int)(await site.GetAsync("/false")).Status);
    }

    [Fact]
    public void A_check_that_the_application_has_registered_itself_stays_as_it_is()
    {
        var services = new ServiceCollection();
        services.AddSingleton<AsTheRouteSays>();

        services.AddWix(static _ => { }).AddElevationCheck<AsTheRouteSays>();

        Assert.Equal(ServiceLifetime.Singleton, services.Single(static service => service.ServiceType == typeof(AsTheRouteSays)).Lifetime);
    }

    [Fact]
    public void Installation_handlers_are_each_added_once_and_in_order()
    {
        var services = new ServiceCollection();

        services.AddWix(static _ => { })
            .AddInstallationHandler<First>()
            .AddInstallationHandler<Second>()
            .AddInstallationHandler<First>();

        using var provider = services.BuildServiceProvider();
        using var scope = provider.CreateScope();
        Assert.Equal([typeof(First), typeof(Second)],
            scope.ServiceProvider.GetServices<IWixInstallationHandler>().Select(static handler => handler.GetType()));
    }

    [Fact]
    public async Task Dashboards_are_let_in_by_the_builder_as_by_the_services()
    {
        await using var site = await WixSite.StartAsync(
            static _ => { },
            build: static builder => builder.Services.AddWix(static _ => { }).AddDashboardCors("https://dashboard.example"));

        var policy = site.Services.GetRequiredService<IOptions<CorsOptions>>().Value.GetPolicy(WixDefaults.DashboardCorsPolicy);

        Assert.True(policy?.IsOriginAllowed("https://dashboard.example"));
        Assert.False(policy?.IsOriginAllowed("https://other.example"));
    }

    private sealed class AsTheRouteSays : IElevationCheck
    {
        public ValueTask<bool> IsAllowedAsync(ElevationCheckContext context, CancellationToken cancellationToken) =>
            new(context.Argument<bool>("answer"));
    }

    private sealed class First : IWixInstallationHandler
    {
        public Task OnInstalledAsync(WixInstallation installation, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Second : IWixInstallationHandler
    {
        public Task OnInstalledAsync(WixInstallation installation, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
