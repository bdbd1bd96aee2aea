using System.Diagnostics;
using System.Net;
using Endpoints.Wix.Http;
using Endpoints.Wix.Telemetry;
using Endpoints.Wix.Tokens;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Calls;

/// <summary>Represents the app on one of its instances, with nobody's request behind it.</summary>
/// <param name="instanceId">The instance; <see langword="null"/> for the site of the app's headless project.</param>
/// <param name="gate">
/// The gate for calls: outside requests it allows all of them, in a request those that its guards have granted for the caller's own
/// instance.
/// </param>
/// <param name="services">The services that all identities of this kind share.</param>
internal sealed class AppInstanceIdentity(string? instanceId, ICallGate gate, AppInstanceIdentity.Shared services) : WixIdentity
{
    public override bool IsElevated => true;

    public override WixCallScope Open(WixCall call)
    {
        var permit = gate.Open(call, OwnClient.App);
        permit.DemandInstance(instanceId);
        return new Scope(instanceId, permit, call, services);
    }

    /// <summary>Returns the identity of the same app on another of its instances.</summary>
    public AppInstanceIdentity ForInstance(string instanceId) => new(instanceId, gate, services);

    /// <summary>Holds the services that all identities of this kind share.</summary>
    internal sealed class Shared(ICallGates gates, AppTokens tokens, Consistency consistency, WixTelemetry telemetry,
        IOptions<WixClientOptions> options)
    {
        private readonly WixClientOptions _options = options.Value;

        public AppTokens Tokens { get; } = tokens;

        public Consistency Consistency { get; } = consistency;

        public WixTelemetry Telemetry { get; } = telemetry;

        public TimeSpan LongestCall { get; } = WixTransport.LongestCall(options.Value);

        /// <summary>Returns the identity on the configured instance.</summary>
        /// <param name="scope">The services of the caller.</param>
        /// <exception cref="InvalidOperationException">There are no credentials of an app.</exception>
        public AppInstanceIdentity For(IServiceProvider scope) => _options.ClientId is null || _options.ClientSecret is null
            ? throw new InvalidOperationException(
                "AppWixClient needs the app's credentials. Set Wix:ClientId and Wix:ClientSecret, or the variables WIX_CLIENT_ID and "
                + "WIX_CLIENT_SECRET.")
            : new(_options.InstanceId, gates.For(scope), this);
    }

    private sealed class Scope(string? instanceId, CallPermit permit, WixCall call, Shared services) : WixCallScope
    {
        private readonly Activity? _activity = services.Telemetry.BeginOwn(OwnClient.App.Activity, permit.Origin, "wix.instance",
            instanceId, call.Method.Method, call.Template);

        private bool _isAnnounced;

        public override CancellationToken Ending { get; } = permit.EndingWithin(services.LongestCall);

        public override ConsistencySlot Consistency => new(services.Consistency, permit.ConsistencyKey($"instance\n{instanceId}"));

        public override void Demand() => permit.Demand();

        public override async ValueTask<AccessToken> TokenAsync(CancellationToken ct)
        {
            await permit.ConfirmAsync(ct).ConfigureAwait(false);
            await SpendAgainAsync(ct).ConfigureAwait(false);
            var token = await AppTokenAsync(services.Tokens, instanceId, "there", isCallers: false, ct).ConfigureAwait(false);
            if (!_isAnnounced)
                await permit.AnnounceAsync(OwnClient.App, "instance", instanceId, call, ct).ConfigureAwait(false);
            _isAnnounced = true;
            return token;
        }

        public override ValueTask SpendAgainAsync(CancellationToken ct) => permit.SpendAsync(instanceId ?? "", ct);

        public override ValueTask AnsweredAsync(WixAnswer answer) => answer.Status == HttpStatusCode.TooManyRequests
            ? permit.RefusedAsync(instanceId ?? "", answer.RetryAfter) : ValueTask.CompletedTask;

        public override bool Reject(AccessToken token) => services.Tokens.Reject(instanceId, token);

        public override void Close(int? status, TimeSpan elapsed)
        {
            services.Telemetry.EndApp(_activity, call.Method.Method, status, elapsed);
            permit.Record(OwnClient.App, "instance", instanceId, call, status, elapsed);
        }
    }
}
