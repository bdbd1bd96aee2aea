using Endpoints.Problems;
using Microsoft.AspNetCore.Http;

namespace Endpoints.RateLimiting.Enforcing;

/// <summary>Enforces the limits around an endpoint's request delegate.</summary>
internal sealed class LimitStep(RateLimitGate gate, EndpointLimits limits, RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var first = gate.AskAsync(context, limits.Name, limits.First, default);
        if (!first.IsCompletedSuccessfully)
            return WaitAsync(context, first);
        var problem = first.Result;
        return problem is null && limits.Callers.Length == 0 ? next(context) : GoOnAsync(context, problem);
    }

    private async Task WaitAsync(HttpContext context, ValueTask<Problem?> first) =>
        await GoOnAsync(context, await first.ConfigureAwait(false)).ConfigureAwait(false);

    private async Task GoOnAsync(HttpContext context, Problem? problem)
    {
        if (problem is null && limits.Callers.Length > 0)
        {
            var caller = await RateLimitGate.IdentifyAsync(context).ConfigureAwait(false);
            problem = await gate.AskAsync(context, limits.Name, limits.Callers, caller).ConfigureAwait(false);
        }

        await (problem is null ? next(context) : ProblemWriter.WriteAsync(context, problem)).ConfigureAwait(false);
    }
}
