using Endpoints.Handlers;
using Endpoints.Problems;
using Endpoints.Wix.Elevation.Checks;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Elevation;

/// <summary>
/// Steps 8 and 9 around the handler of an endpoint file or a minimal API. The check is queried about exactly the arguments that the handler
/// receives.
/// </summary>
/// <param name="owner">The grant.</param>
/// <param name="parameters">The names of the handler's parameters.</param>
/// <param name="next">The handler.</param>
/// <param name="statusTellsBinding">
/// <see langword="true"/> if the status code of an error indicates that binding has failed; otherwise, <see langword="false"/>.
/// </param>
internal sealed class GrantStep(EndpointGrant owner, string[] parameters, EndpointFilterDelegate next, bool statusTellsBinding)
{
    public EndpointGrant Owner => owner;

    /// <exception cref="InvalidOperationException">The guards of this endpoint have not let this request pass.</exception>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation)
    {
        var context = invocation.HttpContext;
        var grant = ElevationPipeline.Admitted(context, owner.Guarded);
        // Binding has failed and said so; the handler is not going to run.
        if (statusTellsBinding && context.Response.StatusCode >= StatusCodes.Status400BadRequest)
            return Results.Empty;

        if (grant.Endpoint.Check is not null)
        {
            // A filter may have passed a call of its own, or kept the arguments to change them later.
            var own = new object?[invocation.Arguments.Count];
            invocation.Arguments.CopyTo(own, 0);
            if (await grant.Endpoint.Pipeline.CheckAsync(context, grant, new HandlerArguments(parameters, own))
                .ConfigureAwait(false) is { } problem)
                return new ProblemResult(problem);
            invocation = new DefaultEndpointFilterInvocationContext(context, own);
        }

        NeverStored.TellAgain(context);
        using (new GrantScope(grant))
            return await next(statusTellsBinding ? invocation : CallAfterError.For(invocation)).ConfigureAwait(false);
    }
}
