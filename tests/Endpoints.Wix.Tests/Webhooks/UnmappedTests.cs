using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Tests.Webhooks;

/// <summary>A handler that no event can reach is found when the application starts.</summary>
public sealed class UnmappedTests
{
    [Fact]
    public async Task In_Development_the_application_does_not_start()
    {
        await using var wix = await WixEmulator.StartAsync();
        await using var app = Build(wix, "Development");

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync());

        Assert.Contains("MapWixEvents", e.Message, StringComparison.Ordinal);
        Assert.Contains("unreached", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_Production_the_log_says_so()
    {
        var logs = new CapturedLogs();
        await using var wix = await WixEmulator.StartAsync();
        await using var app = Build(wix, "Production", logs);

        await app.StartAsync();

        Assert.Contains(logs.Of("UnmappedEvents"), static line => line.Contains("unreached", StringComparison.Ordinal));
    }

    private static WebApplication Build(WixEmulator wix, string environment, CapturedLogs? logs = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        if (logs is not null)
            builder.Logging.AddProvider(logs);
        builder.Services.AddSingleton(new EventJournal());
        builder.Services.AddWix(options => (options.ClientId, options.ClientSecret, options.ApiBaseAddress) =
            (wix.App.ClientId, new(wix.App.ClientSecret), wix.Address));
        builder.Services.AddWixEventHandler<JournalHandler>("any", static options => options.Name = "unreached");
        return builder.Build();
    }
}
