using Endpoints.Wix.Elevation;
using Endpoints.Wix.Identification;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Endpoints.Wix.Webhooks.Running;

/// <summary>Runs what Wix has called for: in a scope and a flow of its own, as the app on the instance that Wix named.</summary>
/// <remarks>
/// Nothing of the request that brought the call goes with it, so that it is the same whether the call has just come or comes out of the
/// inbox. The right to act as the app ends with the work.
/// </remarks>
internal sealed class SignedWork(IServiceScopeFactory scopes, CallerIdentifier identifier)
{
    /// <summary>Starts the work.</summary>
    /// <param name="endpoint">That under which calls are made and recorded.</param>
    /// <param name="cause">Who caused the call.</param>
    /// <param name="instanceId">The instance; <see langword="null"/> if Wix named none, and nothing can be done as the app.</param>
    /// <param name="eventId">The id of the event or call, for the audit log.</param>
    /// <param name="work">The work.</param>
    /// <returns>A task that returns what the work returned.</returns>
    public Task<T> RunAsync<T>(GuardedEndpoint endpoint, WixEventIdentity cause, string? instanceId, string? eventId,
        Func<IServiceProvider, Task<T>> work)
    {
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            return Task.Run(() => ScopeAsync(endpoint, Caller.Behind(cause, instanceId), eventId, work));
        }
    }

    private async Task<T> ScopeAsync<T>(GuardedEndpoint endpoint, Caller caller, string? eventId, Func<IServiceProvider, Task<T>> work)
    {
        var scope = scopes.CreateAsyncScope();
        await using var ending = scope.ConfigureAwait(false);
        // It is the scope's place in what clients ask about requests; the handler never sees it.
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        var flow = new RequestFlow(context);
        T? result = default;
        try
        {
            await flow.Go(async _ => result = await GrantAsync(context, endpoint, caller, eventId, work).ConfigureAwait(false))
                .ConfigureAwait(false);
        }
        finally
        {
            flow.End();
        }

        return result!; // it has run
    }

    private async Task<T> GrantAsync<T>(HttpContext context, GuardedEndpoint endpoint, Caller caller, string? eventId,
        Func<IServiceProvider, Task<T>> work)
    {
        using var request = RequestCaller.OfSigned(context, identifier, caller);
        var grant = ElevationGrant.OfNamed(endpoint, caller, request, eventId);
        using (new GrantScope(grant))
        {
            if (caller.InstanceId is null)
                grant.End(GrantEnd.NoInstance);
            return await work(new CausedServices(context.RequestServices, caller)).ConfigureAwait(false);
        }
    }
}
