using Endpoints.Wix.Calls;
using Endpoints.Wix.Identification;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Elevation.Calls;

/// <summary>Allows calls with the application's own credentials outside requests, and within a request only under its grant.</summary>
/// <remarks>
/// A client from the request's own services is bound to that request. For any other client, the current request is determined at each call,
/// so that neither a singleton that holds the client nor work that continues after its request can bypass the guards.
/// </remarks>
internal sealed class GuardedCallGates(CurrentRequest current, ElevationAudit audit, CallBudget budget, IOptions<WixOptions> options)
    : ICallGates
{
    private readonly string? _ownInstanceId = options.Value.InstanceId;

    public ICallGate For(IServiceProvider services) => new Gate(CurrentRequest.TieTo(services), current, audit, budget, _ownInstanceId);

    private sealed class Gate(RequestCaller? request, CurrentRequest current, ElevationAudit audit, CallBudget budget,
        string? ownInstanceId) : ICallGate
    {
        public CallPermit Open(WixCall call, OwnClient client)
        {
            if (Demand(client) is not { } grant)
                return new JobPermit(audit, budget);
            grant.DemandCovers(call, audit);
            return new GrantPermit(grant, audit, budget, ownInstanceId);
        }

        /// <returns>
        /// The grant under which to call; <see langword="null"/> outside requests, where no caller can be behind the call.
        /// </returns>
        private ElevationGrant? Demand(OwnClient client)
        {
            if (request is null && !current.IsHere)
                return null;
            if (request is null && RequestFlow.Here is { HasEnded: true })
                throw NotAJob(client);
            RequestElevation.GrantOf(request)?.Demand(); // says more than that the request has ended
            var grant = RequestElevation.GrantOf(current.Find(request)) ?? throw new InvalidOperationException(
                $"{client.Credential} may do as much as elevation, and nothing here says who may use it. Put [Elevate(Callers...)] on "
                + "the endpoint (a minimal API: .Elevate(...)) and make the call "
                + "in its handler, or make it outside requests, in a job or a hosted service.");
            grant.Demand();
            return grant;
        }

        private static ObjectDisposedException NotAJob(OwnClient client) => new(
            client.Name,
            $"A request began this work, and it is outside its handler: nothing says who may {client.Use}. Make the call in the handler, "
            + "or hand the work to a job or a hosted service. "
            + "What a request starts that is no work of its own, such as a timer for the whole application, is started within "
                + "ExecutionContext.SuppressFlow().");
    }
}
