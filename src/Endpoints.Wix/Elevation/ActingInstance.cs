using Endpoints.Wix.Errors;
using Endpoints.Wix.Identification;
using Endpoints.Wix.Sharing;
using Endpoints.Wix.Tokens;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Elevation;

/// <summary>Determines whether the instance for which a caller's elevation acts is known.</summary>
/// <remarks>
/// An app can be installed on many sites. A token that names its site but not the instance there can be used for the configured instance
/// only if that instance is on the same site, as confirmed by Wix for the app's own token. Where the app was removed, it acts for nobody
/// until Wix issues it a token there again. Thread-safe.
/// </remarks>
internal sealed partial class ActingInstance(AppTokens tokens, TokenInspector inspector, RemovedInstances removed,
    IOptions<WixOptions> options, ILogger<ActingInstance> logger)
{
    private readonly string? _configured = options.Value.InstanceId;
    private string? _site; // an instance stays on its site

    /// <summary>Determines whether the instance is the caller's own, or the configured instance on the caller's site.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="ct">The token to monitor for cancellation requests. It cancels only this caller's wait.</param>
    /// <exception cref="WixUnavailableException">Wix can't be queried.</exception>
    public ValueTask<bool> IsKnownAsync(Caller caller, CancellationToken ct) =>
        removed.IsGone(caller.InstanceId) ? IsBackAsync(caller, ct) : IsOwnAsync(caller, ct);

    private ValueTask<bool> IsOwnAsync(Caller caller, CancellationToken ct) => caller switch
    {
        { InstanceId: not null } or { ClientId: null } => new(true), // its own; without a token there is no other
        { Kind: not (Callers.Visitor or Callers.Member) } => new(false),
        _ when _configured is null => new(true), // a headless project's client is one site's
        { SiteId: null } => new(true), // issued for this client and for no other site: the one that the application is set up for
        { SiteId: var site } => IsConfiguredSiteAsync(site, ct),
    };

    private async ValueTask<bool> IsBackAsync(Caller caller, CancellationToken ct)
    {
        try
        {
            await tokens.GetAsync(caller.InstanceId ?? _configured, ct).ConfigureAwait(false);
        }
        catch (TokenRefusedException)
        {
            return false;
        }

        removed.Return(caller.InstanceId);
        return await IsOwnAsync(caller, ct).ConfigureAwait(false);
    }

    private async ValueTask<bool> IsConfiguredSiteAsync(string site, CancellationToken ct)
    {
        var own = Volatile.Read(ref _site);
        if (own is null)
        {
            try
            {
                var token = await tokens.GetAsync(_configured, ct).ConfigureAwait(false);
                var inspection = await inspector.InspectAsync(token, client: null, ct).ConfigureAwait(false);
                own = inspection.Caller?.SiteId;
                if (inspection.Caller is null)
                    tokens.Reject(_configured, token);
            }
            catch (TokenRefusedException e)
            {
                LogSiteUnknown(e.Status);
                return false;
            }

            Volatile.Write(ref _site, own);
        }

        return string.Equals(site, own, StringComparison.OrdinalIgnoreCase);
    }

    [LoggerMessage(1, LogLevel.Warning,
        "A caller's token names no instance, and Wix issues no token for the configured one ({Status}): the caller is refused")]
    private partial void LogSiteUnknown(int status);
}
