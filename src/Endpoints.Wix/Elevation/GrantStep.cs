using Endpoints.Problems;
using Endpoints.Wix.Elevation.Checks;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Elevation;

/// <summary>Steps 7 and 8 around the handler of an endpoint file or a minimal API: the check is asked about the arguments that the handler gets, and no others.</summary>
internal sealed class GrantStep(EndpointGrant owner, string[] parameters, EndpointFilterDelegate next)
{
    public EndpointGrant Owner => owner;

    /// <exception cref="InvalidOperationException">The guards of this endpoint have not let this request pass.</exception>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation)
    {
        var context = invocation.HttpContext;
        var admitted = ElevationPipeline.Admitted(context, owner.Guarded);
        // Binding has failed and said so; the handler is not going to run.
        if (context.Response.StatusCode >= StatusCodes.Status400BadRequest)
            return Results.Empty;

        if (admitted.Endpoint.Check is not null)
        {
            // A filter may have passed a call of its own, or kept the arguments to change them later.
            var own = new object?[invocation.Arguments.Count];
            invocation.Arguments.CopyTo(own, 0);
            if (await ElevationPipeline.CheckAsync(context, admitted, new HandlerArguments(parameters, own)).ConfigureAwait(false) is { } problem)
                return new ProblemResult(problem);
            invocation = new DefaultEndpointFilterInvocationContext(context, own);
        }

        NeverStored.TellAgain(context);
        using (admitted.Grant())
            return await next(invocation).ConfigureAwait(false);
    }
}
