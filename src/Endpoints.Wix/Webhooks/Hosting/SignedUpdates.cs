using System.Reflection.Metadata;
using Endpoints.Updates;
using Endpoints.Wix.Apps;
using Endpoints.Wix.CompilerServices;
using Endpoints.Wix.Webhooks.Plugins;
using Endpoints.Wix.Webhooks.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Webhooks.Hosting;

/// <summary>Registers event handlers and plugins again when a hot-reload update is applied.</summary>
/// <remarks>
/// If that fails, the application stops, as it would not have started. To go on with half of the handlers would be worse.
/// </remarks>
internal sealed partial class SignedUpdates : IDisposable
{
    private readonly PerApp<EventRegistry> _events;
    private readonly PerApp<PluginRegistry> _plugins;
    private readonly IHostApplicationLifetime _application;
    private readonly ILogger<SignedUpdates> _logger;

    public SignedUpdates(PerApp<EventRegistry> events, PerApp<PluginRegistry> plugins, IHostApplicationLifetime application,
        ILogger<SignedUpdates> logger)
    {
        (_events, _plugins, _application, _logger) = (events, plugins, application, logger);
        MetadataUpdate.Applied += Reload;
    }

    /// <summary>Begins to watch for updates, where there can be any.</summary>
    public static void Watch(IServiceProvider services)
    {
        if (MetadataUpdater.IsSupported)
            _ = services.GetRequiredService<SignedUpdates>();
    }

    /// <summary>Registers everything again.</summary>
    public void Reload()
    {
        var before = Plugins().Select(static plugin => plugin.Address).ToHashSet(StringComparer.OrdinalIgnoreCase);
        try
        {
            foreach (var registry in _events.All)
                registry.Load();
            foreach (var registry in _plugins.All)
                registry.Load();
        }
        catch (Exception e)
        {
            LogFailed(e);
            _application.StopApplication();
            return;
        }

        foreach (var plugin in Plugins().Where(one => !before.Contains(one.Address)))
            LogNotMapped(plugin.Name, plugin.Address);
        LogReloaded();
    }

    private IEnumerable<WixPluginRegistration> Plugins() =>
        _plugins.All.SelectMany(static registry => registry.All).Select(static plugin => plugin.Registration);

    public void Dispose() => MetadataUpdate.Applied -= Reload;

    [LoggerMessage(1, LogLevel.Information, "Event and plugin files reloaded")]
    private partial void LogReloaded();

    [LoggerMessage(2, LogLevel.Critical,
        "The edited event and plugin files can't be registered. The application stops; dotnet watch starts it again with the next edit")]
    private partial void LogFailed(Exception cause);

    [LoggerMessage(3, LogLevel.Warning,
        "The service plugin {Plugin} is new, and addresses are mapped when the application starts. Restart it, so that Wix can call "
        + "{Address}")]
    private partial void LogNotMapped(string plugin, string address);
}
