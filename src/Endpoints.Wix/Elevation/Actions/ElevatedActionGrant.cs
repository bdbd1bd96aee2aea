using System.Collections.ObjectModel;
using Endpoints.Wix.Identification;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Endpoints.Wix.Elevation.Actions;

/// <summary>Steps 7 to 9 around an action: it runs for valid arguments that the check allows, and elevation ends with it.</summary>
internal sealed class ElevatedActionGrant : IAsyncActionFilter, IOrderedFilter
{
    // Last: other filters run before the grant and after it. ElevatedFilters sees to it.
    public int Order => int.MaxValue;

    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        // A convention can guard an action where it is mapped, and it may be mapped elsewhere without.
        var guarded = context.ActionDescriptor.Properties.TryGetValue(typeof(GuardedEndpoint), out var own) ? own as GuardedEndpoint : null;
        if (guarded is null && context.HttpContext.GetEndpoint() is { } endpoint
            && (guarded = endpoint.Metadata.GetMetadata<GuardedEndpoint>()) is null)
        {
            // Guards have let the request pass, and what says whose they are was taken from the endpoint. So was what its check decides.
            if (RequestElevation.Of(RequestCaller.Of(context.HttpContext)).Admitted
                is { State: GrantState.Admitted, Endpoint.IsAction: true } admitted)
                throw new InvalidOperationException(
                    $"The metadata of {admitted.Endpoint.Name} was taken away behind its guards. The request is refused.");
            await next().ConfigureAwait(false);
            return;
        }

        if (!context.ModelState.IsValid)
        {
            context.Result =
                new ProblemActionResult(
                    InvalidModel.Problem(context, context.ModelState, context.ActionDescriptor.Parameters, context.ActionArguments));
            return;
        }

        var grant = ElevationPipeline.Admitted(context.HttpContext, guarded);
        if (context.ActionDescriptor.Properties.TryGetValue(typeof(ActionValidation), out var known) && known is ActionValidation validation
            && await validation.ValidateAsync(context, context.ActionArguments, context.Controller).ConfigureAwait(false) is { } invalid)
        {
            context.Result = new ProblemActionResult(invalid);
            return;
        }

        if (grant.Endpoint.Check is not null
            && await grant.Endpoint.Pipeline.CheckAsync(context.HttpContext, grant,
                new ReadOnlyDictionary<string, object?>(context.ActionArguments)).ConfigureAwait(false) is { } problem)
        {
            context.Result = new ProblemActionResult(problem);
            return;
        }

        NeverStored.TellAgain(context.HttpContext);
        using (new GrantScope(grant))
            await next().ConfigureAwait(false);
    }
}
