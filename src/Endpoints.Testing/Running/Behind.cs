using Endpoints.Wix.Elevation;
using Endpoints.Wix.Identification;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Endpoints.Testing.Running;

/// <summary>What is behind the guards in the application under test: it notes who got there, and runs nothing.</summary>
internal sealed class Behind : IAsyncResourceFilter, IOrderedFilter
{
    /// <summary>Before all other filters that are not guards, and before binding.</summary>
    public int Order => int.MinValue;

    /// <summary>Takes the place of endpoint files' and minimal APIs' handlers.</summary>
    public static Task AnswerAsync(HttpContext context)
    {
        Note(context);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>Takes the place of actions. Those without guards run as ever.</summary>
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
