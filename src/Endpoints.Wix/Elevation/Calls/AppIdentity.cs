using System.Diagnostics;
using System.Net;
using Endpoints.Wix.Calls;
using Endpoints.Wix.Http;
using Endpoints.Wix.Identification;
using Endpoints.Wix.Telemetry;
using Endpoints.Wix.Tokens;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Elevation.Calls;

/// <summary>Represents the app's identity on the caller's site, for the duration of a grant.</summary>
/// <param name="request">
/// The request to which the identity is bound; <see langword="null"/> for the request that is current when a call is made.
/// </param>
/// <param name="granted">The grant under which a delegate was elevated; <see langword="null"/> for the request's most recent grant.</param>
/// <param name="services">The services that all elevated identities share.</param>
internal sealed class AppIdentity(RequestCaller? request, ElevationGrant? granted, AppIdentity.Shared services) : WixIdentity
{
    public override bool IsElevated => true;

    public override WixCallScope Open(WixCall call)
    {
        var (current, grant) = Demand();
        grant.DemandCovers(call, services.Audit);
        return new Scope(grant, call, current, services);
    }

    /// <summary>Returns the same identity, bound to the current request and grant.</summary>
    public AppIdentity ForGrant()
    {
        var (current, grant) = Demand();
        return new(current, grant, services);
    }

    private (RequestCaller Request, ElevationGrant Grant) Demand()
    {
        (granted ?? RequestElevation.GrantOf(request))?.Demand(); // says more than that the request has ended
        var current = services.Current.Find(request);
        var grant = granted ?? RequestElevation.GrantOf(current) ?? throw new InvalidOperationException(current is null
            ? "Elevation has not been granted here, because this is not part of a request. In a job or a hosted service, use "
            + "AppWixClient or AdminWixClient."
            : "Elevation has not been granted here. Put [Elevate(Callers...)] on the endpoint (a minimal API: .Elevate(...)) and elevate "
            + "in its handler.");
        grant.Demand();
        return (current!, grant); // a grant is a request's
    }

    /// <summary>Holds the services that elevated identities share.</summary>
    internal sealed class Shared(
        CurrentRequest current, AppTokens tokens, Consistency consistency, ElevationAudit audit, GuardTelemetry telemetry,
        CallBudget budget, IOptions<WixOptions> options)
    {
        public CallBudget Budget { get; } = budget;

        public CurrentRequest Current { get; } = current;

        public AppTokens Tokens { get; } = tokens;

        public Consistency Consistency { get; } = consistency;

        public ElevationAudit Audit { get; } = audit;

        public GuardTelemetry Telemetry { get; } = telemetry;

        public TimeSpan LongestCall { get; } = WixTransport.LongestCall(options.Value);

        public string? OwnInstanceId { get; } = options.Value.InstanceId;
    }

    private sealed class Scope(ElevationGrant grant, WixCall call, RequestCaller request, Shared services) : WixCallScope
    {
        private readonly Activity? _activity = services.Telemetry.Begin(grant.Origin, grant.Caller.InstanceId ?? services.OwnInstanceId,
            call.Method.Method, call.Template);

        // The caller's own, as Wix named it, or the configured one if the guards found that it is the caller's; nothing in the request can
        // choose another.
        private readonly string? _instanceId = grant.Caller.InstanceId ?? services.OwnInstanceId;

        private bool _isAnnounced;

        public override CancellationToken Ending { get; } = grant.EndingWithin(services.LongestCall);

        // The caller's, too: what the app wrote for a caller is what that caller reads next.
        public override ConsistencySlot Consistency => new(services.Consistency, grant.Caller, request, token: null);

        public override void Demand() => grant.Demand();

        public override async ValueTask<AccessToken> TokenAsync(CancellationToken ct)
        {
            await grant.ConfirmAsync(ct).ConfigureAwait(false);
            await SpendAgainAsync(ct).ConfigureAwait(false);
            var token = await AppTokenAsync(services.Tokens, _instanceId, "on the caller's site",
                isCallers: grant.Caller.InstanceId is not null, ct).ConfigureAwait(false);
            if (!_isAnnounced)
                await services.Audit.AnnounceAsync(grant, _instanceId, call, ct).ConfigureAwait(false);
            _isAnnounced = true;
            return token;
        }

        public override bool Reject(AccessToken token) => services.Tokens.Reject(_instanceId, token);

        public override ValueTask SpendAgainAsync(CancellationToken ct) => services.Budget.SpendAsync(grant, _instanceId ?? "", ct);

        public override ValueTask AnsweredAsync(WixAnswer answer) => answer.Status == HttpStatusCode.TooManyRequests
            ? services.Budget.RefusedAsync(_instanceId ?? "", answer.RetryAfter) : ValueTask.CompletedTask;

        public override void Close(int? status, TimeSpan elapsed)
        {
            services.Telemetry.End(_activity, grant.Origin, call.Method.Method, status, elapsed);
            services.Audit.Record(grant, _instanceId, call, status, elapsed);
        }
    }
}
