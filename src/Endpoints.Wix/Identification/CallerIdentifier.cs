using Endpoints.RateLimiting;
using Endpoints.Wix.Apps;
using Endpoints.Wix.ServiceCallers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Identification;

/// <summary>
/// Identifies the sender of a request: by the token or key in its <c>Authorization</c> header, or else by its session cookie, or else as
/// nobody.
/// </summary>
/// <remarks>
/// A browser sends a password that it has for the site by itself, beside the cookie: such a header says nothing, and is no token of a
/// caller's own. What may belong to another scheme of the application is none of Wix's either, and is not shown to it.
/// </remarks>
internal sealed partial class CallerIdentifier(WixApp app, TokenInspector inspector, IBrowserCallers sessions, TokenOwner owner,
    IServiceKeys services, TimeProvider time, IOptions<WixOptions> options, ILogger<CallerIdentifier> logger)
{
    /// <summary>Gets the app whose callers are identified.</summary>
    public WixApp App => app;

    /// <summary>Gets what identifies the callers by their browser's session.</summary>
    public IBrowserCallers Sessions => sessions;

    public TimeProvider Time => time;

    /// <summary>
    /// Gets the maximum duration of an identification: waits, renewals and further tries included. A single question reaches its own limit
    /// first, so that the circuit breaker takes note of it.
    /// </summary>
    public TimeSpan Patience { get; } = 2 * options.Value.Resilience.TokenTimeout;

    /// <summary>
    /// Determines whether an identity is valid without asking again: neither its token nor its session has ended, and Wix's answer about it
    /// is fresh. It makes no call.
    /// </summary>
    public bool Holds(Identity identity)
    {
        if (identity.Service is { } service)
            return ReferenceEquals(services.Again(service), service);
        if (identity.Token is null)
            return true; // there is nothing that could end
        var now = time.GetUtcNow();
        // with a token there is a caller
        return now < identity.FreshUntil && now < identity.Caller!.ExpiresAt && identity.Session?.HasEnded != true;
    }

    /// <summary>
    /// Confirms a known caller again: whether its session has ended, here or on another node, and whether Wix still returns the same for
    /// its token.
    /// </summary>
    /// <returns>
    /// A task that returns the same caller; or a refusal, also if the caller is somebody else by now. If Wix can't be asked, the refusal is
    /// for this time only.
    /// </returns>
    public async ValueTask<Identity> ConfirmAsync(Identity identity, ClientAddress client, CancellationToken ct)
    {
        if (identity.Service is { } service)
        {
            return services.Again(service) is { } again
                ? Identity.Known(again) : Identity.Refused(Refusal.NotAccepted, identity.Source);
        }

        var before = identity.Caller!; // known
        if (time.GetUtcNow() >= before.ExpiresAt)
            return Identity.Refused(Refusal.NotAccepted, identity.Source);
        ICallerSession? session = null;
        if (identity.Session is { } own && (session = await own.LookUpAsync().ConfigureAwait(false)) is null)
            return Identity.Refused(Refusal.SessionEnded, identity.Source);
        try
        {
            var inspection = await inspector.InspectAsync(identity.Token!, client, ct).ConfigureAwait(false); // known by it
            if (inspection.Caller is not { } now || !now.IsSameAs(before))
                return Identity.Refused(Refusal.NotAccepted, identity.Source);
            return identity.Confirmed(now.ExpiresAt < before.ExpiresAt ? now : before, inspection.FreshUntil, session);
        }
        catch (WixUnavailableException e)
        {
            return Identity.Unavailable(identity.Source, e);
        }
    }

    /// <summary>Returns the request's identity. If Wix can't be asked, the identity is unavailable; no exception is thrown.</summary>
    public ValueTask<Identity> IdentifyAsync(HttpContext context, CancellationToken ct)
    {
        var header = context.Request.Headers.Authorization;
        if (PresentedToken.IsServices(header, out var key))
            return new(ByKey(context, key));
        if (ServiceKeyText.IsIn(context.Request.QueryString.Value))
        {
            LogKeyInAddress();
            return new(Identity.Refused(Refusal.NotAccepted, CallerSource.None));
        }

        if (header.Count == 0 || PresentedToken.IsForOther(header))
            return sessions.IdentifyAsync(context, ct);
        if (owner.IsWix(header))
            return ByHeaderAsync(context, ct);

        var isApplications = TokenOwner.IsApplicationAsync(context);
        return isApplications.IsCompletedSuccessfully
            ? ByOwnerAsync(context, isApplications.Result, ct) : new(WaitAsync(context, isApplications, ct));
    }

    private async Task<Identity> WaitAsync(HttpContext context, ValueTask<bool> isApplications, CancellationToken ct) =>
        await ByOwnerAsync(context, await isApplications.ConfigureAwait(false), ct).ConfigureAwait(false);

    /// <summary>Identifies a caller by a header that may or may not be Wix's. One that belongs to the application is skipped.</summary>
    private ValueTask<Identity> ByOwnerAsync(HttpContext context, bool isApplications, CancellationToken ct)
    {
        if (isApplications)
            return sessions.IdentifyAsync(context, ct);
        return owner.MayBeWix(context.Request.Headers.Authorization)
            ? ByHeaderAsync(context, ct) : new(Identity.Refused(Refusal.NotAccepted, CallerSource.Header));
    }

    /// <summary>Identifies a service by its key. A key in a browser is everybody's, and is not accepted from there.</summary>
    private Identity ByKey(HttpContext context, ReadOnlySpan<char> key)
    {
        if (services.Find(key) is not { } service)
            return Identity.Refused(Refusal.NotAccepted, CallerSource.Header);
        var headers = context.Request.Headers;
        if (headers.ContainsKey("Sec-Fetch-Site") || headers.Origin.Count > 0)
        {
            LogKeyInBrowser(service.Name);
            return Identity.Refused(Refusal.NotAccepted, CallerSource.Header);
        }

        return Identity.Known(service);
    }

    private ValueTask<Identity> ByHeaderAsync(HttpContext context, CancellationToken ct) =>
        PresentedToken.TryRead(context.Request.Headers.Authorization, out var token)
        ? ByTokenAsync(token, ClientAddress.Of(context), ct)
        : new(Identity.Refused(Refusal.Malformed, CallerSource.Header));

    private ValueTask<Identity> ByTokenAsync(AccessToken token, ClientAddress client, CancellationToken ct)
    {
        var inspection = inspector.InspectAsync(token, client, ct);
        return inspection.IsCompletedSuccessfully ? new(Judge(inspection.Result, token)) : new(WaitAsync(inspection, token));

        static async Task<Identity> WaitAsync(ValueTask<TokenInspection> inspection, AccessToken token)
        {
            try
            {
                return Judge(await inspection.ConfigureAwait(false), token);
            }
            catch (WixUnavailableException e)
            {
                return Identity.Unavailable(CallerSource.Header, e);
            }
        }

        static Identity Judge(TokenInspection inspection, AccessToken token) => inspection.Caller is { } caller
            ? Identity.Known(caller, token, inspection.FreshUntil)
            : Identity.Refused(Refusal.NotAccepted, CallerSource.Header);
    }

    [LoggerMessage(1, LogLevel.Warning,
        "The key of the service {Service} was sent by a browser and is not accepted from there. Replace the key, because whoever opens "
        + "the page has it")]
    private partial void LogKeyInBrowser(string service);

    [LoggerMessage(2, LogLevel.Warning,
        "A service's key was sent in a URL and is not accepted there. Replace the key, because URLs are logged on their way, and send it "
        + "in the Authorization header")]
    private partial void LogKeyInAddress();
}
