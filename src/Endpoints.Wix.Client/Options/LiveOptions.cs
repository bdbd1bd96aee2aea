using System.Diagnostics.CodeAnalysis;
using Endpoints.Wix.Values;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Endpoints.Wix.Options;

/// <inheritdoc cref="ILiveOptions{TOptions}"/>
/// <remarks>
/// Thread-safe. A change that is not valid, or that would make another app of this one, is logged and passed over: what was good before
/// stays. An application that is under way is no place for an exception about its settings, and half a change (a new secret, the old app)
/// is none at all.
/// </remarks>
internal sealed partial class LiveOptions<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions> : ILiveOptions<TOptions>,
    IDisposable
    where TOptions : WixClientOptions
{
    private readonly IOptionsFactory<TOptions> _factory;
    private readonly ILogger<LiveOptions<TOptions>> _logger;
    private readonly AppName _app;
    private readonly IDisposable[] _registrations;
    private readonly Lock _gate = new();
    private volatile TOptions _now;

    public LiveOptions(
        IOptions<TOptions> options,
        IOptionsFactory<TOptions> factory,
        IEnumerable<IOptionsChangeTokenSource<WixClientOptions>> clients,
        IEnumerable<IOptionsChangeTokenSource<TOptions>> own,
        AppName app,
        ILogger<LiveOptions<TOptions>> logger)
    {
        _app = app;
        _now = options.Value;
        _factory = factory;
        _logger = logger;
        Func<IChangeToken>[] sources =
        [
            .. clients.Where(source => IsOf(app, source.Name)).Select(static source => (Func<IChangeToken>)source.GetChangeToken),
            .. typeof(TOptions) == typeof(WixClientOptions)
                ? [] : own.Where(source => IsOf(app, source.Name))
                    .Select(static source => (Func<IChangeToken>)source.GetChangeToken),
        ];
        _registrations = [.. sources.Select(source => ChangeToken.OnChange(source, Reload))];
    }

    public TOptions Now => _now;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private static bool IsOf(AppName app, string? name) => string.Equals(app.Value, name ?? "", StringComparison.Ordinal);

    private void Reload()
    {
        lock (_gate)
        {
            try
            {
                var next = _factory.Create(_app.Value);
                if (IsSameApp(next, _now))
                    _now = next;
                else if (_app.IsDefault)
                    LogOtherApp();
                else
                    LogOtherNamedApp(_app.Value);
            }
            catch (OptionsValidationException e)
            {
                LogInvalid(e.Message);
            }
            catch (InvalidOperationException e)
            {
                // The binder's messages quote values.
                if (_app.IsDefault)
                    LogUnreadable(e.GetType().Name);
                else
                    LogNamedUnreadable(_app.Value, e.GetType().Name);
            }
        }
    }

    private static bool IsSameApp(TOptions next, TOptions now) =>
        next.ClientId == now.ClientId && next.InstanceId == now.InstanceId && next.SiteId == now.SiteId && next.AccountId == now.AccountId
        && next.ApiBaseAddress == now.ApiBaseAddress;

    [LoggerMessage(1, LogLevel.Error,
        "The changed Wix settings are not valid. The application keeps its current settings: {Failures}")]
    private partial void LogInvalid(string failures);

    [LoggerMessage(2, LogLevel.Error,
        "The changed Wix settings can't be read ({Kind}). The application keeps its current settings")]
    private partial void LogUnreadable(string kind);

    [LoggerMessage(3, LogLevel.Error,
        "The changed Wix settings name another app, instance, site, account or address. Restart the application to use them. Until "
        + "then it keeps its current settings.")]
    private partial void LogOtherApp();

    [LoggerMessage(4, LogLevel.Error,
        "The changed settings of the Wix app {App} can't be read ({Kind}). The application keeps its current settings")]
    private partial void LogNamedUnreadable(string app, string kind);

    [LoggerMessage(5, LogLevel.Error,
        "The changed settings of the Wix app {App} name another app, instance, site, account or address. Restart the application to use "
        + "them. Until then it keeps its current settings.")]
    private partial void LogOtherNamedApp(string app);
}
