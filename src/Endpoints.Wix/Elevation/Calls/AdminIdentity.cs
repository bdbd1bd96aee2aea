using System.Diagnostics;
using Endpoints.Wix.Calls;
using Endpoints.Wix.Http;
using Endpoints.Wix.Identification;
using Endpoints.Wix.Telemetry;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Elevation.Calls;

/// <summary>An API key, for one site or for the account.</summary>
/// <remarks>
/// Outside requests it is free to use. In a request it needs that request's grant: a client that comes from the request's own services is tied to it, and any other is asked
/// at each call which request is going on there, so that a singleton that holds the client is no way around the guards; nor is work that such a request
/// began and that goes on after it.
/// </remarks>
/// <param name="subject">The one header that says what the key is used for; null when nothing is configured.</param>
/// <param name="request">The request that it is tied to; null for the one that is going on where a call is made, if any.</param>
/// <param name="services">What all of them share.</param>
internal sealed class AdminIdentity(WixHeader? subject, RequestCaller? request, AdminIdentity.Shared services) : WixIdentity
{
    public const string SiteHeader = "wix-site-id";
    public const string AccountHeader = "wix-account-id";

    public override bool IsElevated => true;

    public override WixCallScope Open(WixCall call)
    {
        var grant = Demand();
        if (grant?.Endpoint.MayCall(call.Method.Method, call.PathWithoutQuery) == false)
        {
            services.Audit.RecordDenied(grant, call.Method.Method, call.Template);
            throw new InvalidOperationException(
                $"[Elevate] on {grant.Endpoint.Name} does not cover {call.Method.Method} {call.Template}. Add the call to its Only if the endpoint needs it.");
        }

        return new Scope(subject ?? throw new InvalidOperationException(
            "The API key needs a site to call for. Set Wix:SiteId, or the variable WIX_SITE_ID; or name it, with ForSite(siteId), or the account, with ForAccount()."),
            grant, call, services);
    }

    /// <summary>The same key for another site.</summary>
    public AdminIdentity ForSite(string siteId) => new(new WixHeader(SiteHeader, siteId), request, services);

    /// <summary>The same key for its account.</summary>
    /// <exception cref="InvalidOperationException">The account is not configured.</exception>
    public AdminIdentity ForAccount() => new(
        new WixHeader(AccountHeader, services.AccountId ?? throw new InvalidOperationException(
            "The API key's account is not known. Set Wix:AccountId, or the variable WIX_ACCOUNT_ID, to the account's id.")),
        request,
        services);

    /// <returns>The grant to call under; null outside requests, where there is no caller who could be using the key.</returns>
    private ElevationGrant? Demand()
    {
        if (request is null && !services.Current.IsHere)
            return null;
        if (request is null && RequestFlow.Here is { HasEnded: true })
            throw NotAJob();
        request?.Grant?.Demand(); // says more than that the request has ended
        var grant = services.Current.Find(request)?.Grant ?? throw new InvalidOperationException(
            "An API key may do as much as elevation, and nothing here says who may use it. Put [Elevate(Callers...)] on the endpoint (a minimal API: .Elevate(...)) and make the call "
            + "in its handler, or make it outside requests, in a job or a hosted service.");
        grant.Demand();
        return grant;
    }

    private static ObjectDisposedException NotAJob() => new(
        nameof(AdminWixClient),
        "A request began this work, and it is outside its handler: nothing says who may use the API key. Make the call in the handler, or hand the work to a job or a hosted service. "
        + "What a request starts that is no work of its own, such as a timer for the whole application, is started within ExecutionContext.SuppressFlow().");

    /// <summary>What these identities share.</summary>
    internal sealed class Shared(CurrentRequest current, Consistency consistency, ElevationAudit audit, WixTelemetry telemetry, IOptions<WixOptions> options)
    {
        private readonly WixOptions _options = options.Value;

        public Consistency Consistency { get; } = consistency;

        public ElevationAudit Audit { get; } = audit;

        public WixTelemetry Telemetry { get; } = telemetry;

        public TimeSpan LongestCall { get; } = WixTransport.LongestCall(options.Value);

        public string? AccountId => _options.AccountId;

        public CurrentRequest Current { get; } = current;

        /// <summary>The key; a token like any other on its way.</summary>
        /// <exception cref="InvalidOperationException">None is configured.</exception>
        public AccessToken Key { get => field ??= new((_options.ApiKey ?? throw NoKey()).Reveal()); }

        /// <summary>The identity for the configured site.</summary>
        /// <param name="scope">Whose services ask.</param>
        /// <exception cref="InvalidOperationException">There is no key.</exception>
        public AdminIdentity For(IServiceProvider scope)
        {
            if (_options.ApiKey is null)
                throw NoKey();
            return new(_options.SiteId is { } site ? new WixHeader(SiteHeader, site) : null, CurrentRequest.TieTo(scope), this);
        }

        private static InvalidOperationException NoKey() => new(
            "AdminWixClient needs an API key of the Wix account. Set Wix:ApiKey, or the variable WIX_API_KEY; and Wix:SiteId or Wix:AccountId (WIX_SITE_ID, WIX_ACCOUNT_ID).");
    }

    private sealed class Scope(WixHeader subject, ElevationGrant? grant, WixCall call, Shared services) : WixCallScope
    {
        private readonly Activity? _activity = services.Telemetry.BeginAdmin(grant, subject, call.Method.Method, call.Template);

        public override CancellationToken Ending { get; } = grant?.EndingWithin(services.LongestCall) ?? CancellationToken.None;

        public override WixHeader? Header => subject;

        // A job reads what jobs wrote; a caller what was written for that caller.
        public override ConsistencySlot Consistency => new(
            services.Consistency, grant is null ? Subject() : grant.Caller.Key is { } caller ? $"{Subject()}\n{caller}" : null);

        public override void Demand() => grant?.Demand();

        public override async ValueTask<AccessToken> TokenAsync(CancellationToken ct)
        {
            if (grant is not null)
                await grant.ConfirmAsync(ct).ConfigureAwait(false);
            return services.Key;
        }

        public override bool Reject(AccessToken token) => false; // there is no other

        private string Subject() => $"{subject.Name}\n{subject.Value}";

        public override void Close(int? status, TimeSpan elapsed)
        {
            services.Telemetry.EndAdmin(_activity, call.Method.Method, status, elapsed);
            services.Audit.RecordAdmin(grant, subject, call.Method.Method, call.Template, status, elapsed);
        }
    }
}
