using Endpoints.Wix.Calls;

namespace Endpoints.Wix.Identification;

/// <summary>Represents the caller's own identity, for the duration of its request.</summary>
/// <param name="request">The request that it is tied to; <see langword="null"/> for the current request at the time of a call.</param>
/// <param name="current">The current request.</param>
/// <param name="inspector">The inspector, which is told about tokens that Wix does not accept.</param>
/// <param name="consistency">The values of all callers.</param>
internal sealed class CallerIdentity(RequestCaller? request, CurrentRequest current, TokenInspector inspector,
    Consistency consistency) : WixIdentity
{
    public override bool IsElevated => false;

    public override WixCallScope Open(WixCall call) => new Scope(
        current.Find(request) ?? throw new InvalidOperationException(
            "There is no request here whose caller could make this call. WixClient and the modules beside it are for endpoints, and for "
            + "what an endpoint awaits."),
        inspector,
        consistency);

    private sealed class Scope(RequestCaller request, TokenInspector inspector, Consistency consistency) : WixCallScope
    {
        private AccessToken? _token;

        public override CancellationToken Ending => CancellationToken.None;

        public override ConsistencySlot Consistency => new(consistency, request.Identified?.Caller, request, _token);

        public override void Demand()
        {
            if (request.HasEnded)
                throw RequestCaller.Ended();
        }

        public override async ValueTask<AccessToken> TokenAsync(CancellationToken ct) =>
            _token = await request.TokenAsync(ct).ConfigureAwait(false);

        public override bool Reject(AccessToken token)
        {
            inspector.Forget(token);
            return false; // the caller has no other
        }
    }
}
