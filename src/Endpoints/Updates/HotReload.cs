using System.Reflection.Metadata;
using Endpoints.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Endpoints.Updates;

/// <summary>Has an application's file routes built again when a hot-reload update was applied.</summary>
/// <remarks>
/// Updates come one at a time. When the routes can't be built, the application stops, as it would not have started: <c>dotnet watch</c> starts it again with the
/// next edit. To go on with the guards of yesterday and the handlers of today would be worse.
/// </remarks>
internal sealed partial class HotReload : IDisposable
{
    private readonly ValidatorCatalog _validators;
    private readonly IHostApplicationLifetime _application;
    private readonly ILogger<HotReload> _logger;
    private CancellationTokenSource _next = new();

    public HotReload(ValidatorCatalog validators, IHostApplicationLifetime application, ILogger<HotReload> logger)
    {
        (_validators, _application, _logger) = (validators, application, logger);
        MetadataUpdate.Applied += Reload;
    }

    /// <summary>Fires with the next update.</summary>
    public IChangeToken Next => new CancellationChangeToken(_next.Token);

    /// <summary>The one of an application; null where there is no hot reload.</summary>
    public static HotReload? Of(IServiceProvider services) => MetadataUpdater.IsSupported ? services.GetRequiredService<HotReload>() : null;

    /// <summary>Builds everything again.</summary>
    public void Reload()
    {
        try
        {
            _validators.ScanAgain();
            using var now = Interlocked.Exchange(ref _next, new CancellationTokenSource());
            now.Cancel();
            LogReloaded();
        }
        catch (Exception e)
        {
            LogFailed(e);
            _application.StopApplication();
        }
    }

    public void Dispose()
    {
        MetadataUpdate.Applied -= Reload;
        _next.Dispose();
    }

    [LoggerMessage(1, LogLevel.Information, "Endpoint files reloaded")]
    private partial void LogReloaded();

    [LoggerMessage(2, LogLevel.Critical, "The edited endpoint files can't be served. The application stops; dotnet watch starts it again with the next edit")]
    private partial void LogFailed(Exception cause);
}
