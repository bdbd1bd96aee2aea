using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Endpoints.Wix.Tests.Http;

/// <summary>The health check's statements about Wix.</summary>
public sealed class HealthTests
{
    [Theory]
    [InlineData(-5 * 60, HealthStatus.Degraded)]
    [InlineData(-62, HealthStatus.Degraded)]
    [InlineData(-58, HealthStatus.Healthy)]
    [InlineData(0, HealthStatus.Healthy)]
    [InlineData(58, HealthStatus.Healthy)]
    [InlineData(62, HealthStatus.Degraded)]
    [InlineData(5 * 60, HealthStatus.Degraded)]
    public async Task S50_A_clock_that_is_off_is_warned_of_until_it_is_right(int secondsAhead, HealthStatus status)
    {
        TestClock wixs = new();
        await using var site = await StartAsync(options => options.TimeProvider = wixs);
        wixs.Advance(TimeSpan.FromHours(1));
        site.Clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(secondsAhead));
        Assert.Equal((HealthStatus.Healthy, 0d), await HealthAsync(site)); // nothing is known yet

        for (var calls = 0; calls < 3; calls++)
            await site.GetAsync("/");

        Assert.Equal((status, (double)secondsAhead), await HealthAsync(site));
        Assert.Equal(status == HealthStatus.Healthy ? 0 : 1, site.Logs.Of("WixClock").Count());

        wixs.Advance(TimeSpan.FromMinutes(10));
        site.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(secondsAhead));
        await site.GetAsync("/");
        Assert.Equal((HealthStatus.Healthy, 0d), await HealthAsync(site));
    }

    [Fact]
    public async Task S22_A_Wix_that_does_not_answer_is_unhealthy_until_it_does()
    {
        await using var site = await StartAsync(null, static options => options.Resilience.MaxRetryAttempts = 0);
        site.Wix.On(WixSite.GetSiteProperties).Fail(503);
        for (var calls = 0; calls < 20; calls++)
            await site.GetAsync("/");

        Assert.Equal(HealthStatus.Unhealthy, (await HealthAsync(site)).Status);

        site.Wix.ClearFaults();
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        await site.GetAsync("/");
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(site)).Status);
    }

    private static async Task<(HealthStatus Status, double Ahead)> HealthAsync(WixSite site)
    {
        var report = await site.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        var entry = Assert.Single(report.Entries);
        Assert.Equal("wix", entry.Key);
        return (report.Status, Assert.IsType<double>(entry.Value.Data["clockAheadSeconds"]));
    }

    private static Task<WixSite> StartAsync(Action<WixEmulatorOptions>? emulate, Action<WixOptions>? configure = null) =>
        WixSite.StartAsync(
        app => app.MapGet(
            "/", async (ElevatedWixClient wix) =>
                (await wix.FetchWithAuthAsync(HttpMethod.Get, "/site-properties/v4/properties")).Status.ToString())
                .Elevate(Callers.Visitor),
        configure,
        build: static builder => builder.Services.AddHealthChecks().AddWix(),
        emulate: emulate);
}
