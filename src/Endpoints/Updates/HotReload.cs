using System.Reflection.Metadata;
using Endpoints.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Endpoints.Updates;

/// <summary>Rebuilds an application's file routes when a hot-reload update is applied.</summary>
/// <remarks>
/// Updates come one at a time. If the routes can't be built, the application stops, as it would not have started: <c>dotnet watch</c>
/// starts it again with the next edit. To continue with old guards and new handlers would be worse.
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

    /// <summary>Gets a change token that fires with the next update.</summary>
    public IChangeToken Next => new CancellationChangeToken(_next.Token);

    /// <summary>Returns the instance of an application, or null if hot reload is not supported.</summary>
    public static HotReload? Of(IServiceProvider services) => MetadataUpdater.IsSupported ? services.GetRequiredService<HotReload>() : null;

    /// <summary>Rebuilds everything.</summary>
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

    [LoggerMessage(2, LogLevel.Critical,
        "The edited endpoint files can't be served. The application stops; dotnet watch starts it again with the next edit")]
    private partial void LogFailed(Exception cause);
}
