using System.Diagnostics;
using System.Net;
using Endpoints.Wix.Http;
using Endpoints.Wix.Options;
using Endpoints.Wix.Telemetry;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Calls;

/// <summary>Represents an API key, for one site or for the account.</summary>
/// <param name="subject">
/// The header that names the site or account for which the key is used; <see langword="null"/> if nothing is configured.
/// </param>
/// <param name="gate">The gate for calls: outside requests it allows all of them, in a request those that its guards have granted.</param>
/// <param name="services">The services that all identities of this kind share.</param>
internal sealed class AdminIdentity(WixHeader? subject, ICallGate gate, AdminIdentity.Shared services) : WixIdentity
{
    public const string SiteHeader = "wix-site-id";
    public const string AccountHeader = "wix-account-id";

    public override bool IsElevated => true;

    public override WixCallScope Open(WixCall call)
    {
        var permit = gate.Open(call, OwnClient.Admin);
        return new Scope(subject ?? throw new InvalidOperationException(
            "The API key needs a site to call for. Set Wix:SiteId, or the variable WIX_SITE_ID; or name it, with ForSite(siteId), or the "
            + "account, with ForAccount()."),
            permit, call, services);
    }

    /// <summary>Returns the identity of the same key for another site.</summary>
    public AdminIdentity ForSite(string siteId) => new(new WixHeader(SiteHeader, siteId), gate, services);

    /// <summary>Returns the identity of the same key for its account.</summary>
    /// <exception cref="InvalidOperationException">The account is not configured.</exception>
    public AdminIdentity ForAccount() => new(
        new WixHeader(AccountHeader, services.AccountId ?? throw new InvalidOperationException(
            "The API key's account is not known. Set Wix:AccountId, or the variable WIX_ACCOUNT_ID, to the account's id.")),
        gate,
        services);

    /// <summary>Holds the services that all identities of this kind share.</summary>
    internal sealed class Shared(ICallGates gates, Consistency consistency, WixTelemetry telemetry, IOptions<WixClientOptions> options,
        ILiveOptions<WixClientOptions> live)
    {
        private readonly WixClientOptions _options = options.Value;
        private Made? _made;

        public Consistency Consistency { get; } = consistency;

        public WixTelemetry Telemetry { get; } = telemetry;

        public TimeSpan LongestCall { get; } = WixTransport.LongestCall(options.Value);

        public string? AccountId => _options.AccountId;

        /// <summary>Gets the key. It is sent as a token is.</summary>
        /// <exception cref="InvalidOperationException">No key is configured.</exception>
        public AccessToken Key
        {
            get
            {
                var secret = live.Now.ApiKey ?? throw NoKey();
                var made = Volatile.Read(ref _made);
                if (!ReferenceEquals(made?.Secret, secret))
                    Volatile.Write(ref _made, made = new(secret, new(secret.Reveal())));
                return made.Key;
            }
        }

        /// <summary>Returns the identity for the configured site.</summary>
        /// <param name="scope">The services of the caller.</param>
        /// <exception cref="InvalidOperationException">There is no key.</exception>
        public AdminIdentity For(IServiceProvider scope)
        {
            if (live.Now.ApiKey is null)
                throw NoKey();
            return new(_options.SiteId is { } site ? new WixHeader(SiteHeader, site) : null, gates.For(scope), this);
        }

        private static InvalidOperationException NoKey() => new(
            "AdminWixClient needs an API key of the Wix account. Set Wix:ApiKey, or the variable WIX_API_KEY; and Wix:SiteId or "
            + "Wix:AccountId (WIX_SITE_ID, WIX_ACCOUNT_ID).");

        private sealed record Made(WixSecret Secret, AccessToken Key);
    }

    private sealed class Scope(WixHeader subject, CallPermit permit, WixCall call, Shared services) : WixCallScope
    {
        private readonly Activity? _activity = services.Telemetry.BeginOwn(
            OwnClient.Admin.Activity, permit.Origin, subject.Name == AccountHeader ? "wix.account" : "wix.site", subject.Value,
            call.Method.Method, call.Template);

        private bool _isAnnounced;

        public override CancellationToken Ending { get; } = permit.EndingWithin(services.LongestCall);

        public override WixHeader? Header => subject;

        public override ConsistencySlot Consistency => new(services.Consistency, permit.ConsistencyKey($"{subject.Name}\n{subject.Value}"));

        public override void Demand() => permit.Demand();

        public override async ValueTask<AccessToken> TokenAsync(CancellationToken ct)
        {
            await permit.ConfirmAsync(ct).ConfigureAwait(false);
            await SpendAgainAsync(ct).ConfigureAwait(false);
            if (!_isAnnounced)
                await permit.AnnounceAsync(OwnClient.Admin, subject.Name, subject.Value, call, ct).ConfigureAwait(false);
            _isAnnounced = true;
            return services.Key;
        }

        public override ValueTask SpendAgainAsync(CancellationToken ct) => permit.SpendAsync($"{subject.Name} {subject.Value}", ct);

        public override ValueTask AnsweredAsync(WixAnswer answer) => answer.Status == HttpStatusCode.TooManyRequests
            ? permit.RefusedAsync($"{subject.Name} {subject.Value}", answer.RetryAfter) : ValueTask.CompletedTask;

        public override bool Reject(AccessToken token) => false; // there is no other

        public override void Close(int? status, TimeSpan elapsed)
        {
            services.Telemetry.EndKey(_activity, call.Method.Method, status, elapsed);
            permit.Record(OwnClient.Admin, subject.Name, subject.Value, call, status, elapsed);
        }
    }
}
