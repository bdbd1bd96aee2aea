using Endpoints.Wix.Elevation;
using Endpoints.Wix.Identification;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Endpoints.Testing.Running;

/// <summary>Replaces everything behind the guards in the application under test: records the admitted request, and runs nothing.</summary>
internal sealed class Behind : IAsyncResourceFilter, IOrderedFilter
{
    /// <summary>Gets the order, which is before all other filters that are not guards, and before binding.</summary>
    public int Order => int.MinValue;

    /// <summary>Replaces the handlers of endpoint files and minimal APIs.</summary>
    public static Task AnswerAsync(HttpContext context)
    {
        Note(context);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>Replaces actions. Actions without guards run as usual.</summary>
    public Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        if (!context.ActionDescriptor.Properties.ContainsKey(typeof(GuardedEndpoint)))
            return next();
        Note(context.HttpContext);
        context.Result = new StatusCodeResult(StatusCodes.Status204NoContent);
        return Task.CompletedTask;
    }

    private static void Note(HttpContext context)
    {
        if (context.Features.Get<Visit>() is { } visit)
            visit.Admitted = RequestElevation.Of(RequestCaller.Of(context)).Admitted?.Endpoint;
    }
}
