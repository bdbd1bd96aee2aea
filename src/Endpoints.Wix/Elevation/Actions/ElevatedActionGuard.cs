using Microsoft.AspNetCore.Mvc.Filters;

namespace Endpoints.Wix.Elevation.Actions;

/// <summary>Steps 1 to 6 before everything else of an action, including its binding.</summary>
internal sealed class ElevatedActionGuard(ElevationPipeline pipeline) : IAsyncAuthorizationFilter
{
    /// <exception cref="InvalidOperationException">The attribute is not on a controller's action.</exception>
    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        if (!context.ActionDescriptor.Properties.TryGetValue(typeof(GuardedEndpoint), out var known)
            || known is not GuardedEndpoint guarded)
        {
            throw new InvalidOperationException(
                $"[Elevate] has no effect on {context.ActionDescriptor.DisplayName}, so it is not run. Put it on a controller, an "
                + "action or an endpoint file.");
        }

        if (await pipeline.AdmitAsync(context.HttpContext, guarded).ConfigureAwait(false) is { } problem)
            context.Result = new ProblemActionResult(problem);
    }
}
