using Endpoints.Wix.Apps;
using Endpoints.Wix.Options;
using Microsoft.Extensions.Hosting;

namespace Endpoints.Wix.Starting;

/// <summary>
/// Begins to follow the settings of each app when the application starts, and stops the start of one whose apps contradict each other.
/// </summary>
internal sealed class AppsStart(PerApp<ILiveOptions<WixOptions>> settings) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var app in settings.Apps.All)
            _ = settings.Of(app);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
