using Endpoints.Wix.Apps;
using Endpoints.Wix.CompilerServices;
using Endpoints.Wix.Options;
using Endpoints.Wix.Webhooks.Running;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Starting;

/// <summary>
/// Looks, once the application has started, whether it has handlers of events that no event can reach. That stops it in Development.
/// </summary>
internal sealed partial class UnmappedEvents(IServiceProvider services, PerApp<EventRegistry> events,
    IEnumerable<WixEventRegistration> handlers, IEnumerable<WixPluginRegistration> plugins, IHostEnvironment environment,
    ILogger<UnmappedEvents> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="InvalidOperationException">There are handlers, and events are not mapped.</exception>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (events.All.Any(static registry => registry.IsMapped) || DesignTime.IsNow || services.GetService<IServer>() is null
            || First() is not { } unreached)
            return Task.CompletedTask;
        if (environment.IsDevelopment())
        {
            throw new InvalidOperationException(
                $"{unreached} is never reached, because no address for Wix's events is mapped. Call app.MapWixEvents() in Program.cs.");
        }

        LogUnmapped(unreached);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string? First()
    {
        var files = ApplicationAssembly.Find(environment.ApplicationName) is { } assembly ? WixFileTable.For(assembly) : null;
        return handlers.Concat(files?.LoadEvents() ?? []).Select(static handler => $"The event handler {handler.Name}")
            .Concat(plugins.Concat(files?.LoadPlugins() ?? []).Select(static plugin => $"The service plugin {plugin.Name}"))
            .FirstOrDefault();
    }

    [LoggerMessage(1, LogLevel.Critical,
        "{Unreached} is never reached, because no address for Wix's events is mapped. Call app.MapWixEvents() in Program.cs")]
    private partial void LogUnmapped(string unreached);
}
