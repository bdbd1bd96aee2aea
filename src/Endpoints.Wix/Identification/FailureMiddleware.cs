using Endpoints.Problems;
using Endpoints.Wix.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Identification;

/// <summary>
/// Catches, as the outermost middleware, Wix's refusals that an endpoint does not catch, whatever middleware the application has. The
/// middleware inside it is the request's flow.
/// </summary>
internal sealed partial class FailureMiddleware(RequestDelegate next, ILogger<FailureMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        var flow = new RequestFlow(context);
        var answer = flow.Go(next);
        if (!answer.IsCompletedSuccessfully)
            return WaitAsync(context, flow, answer);
        flow.End();
        return answer;
    }

    private async Task WaitAsync(HttpContext context, RequestFlow flow, Task answer)
    {
        try
        {
            await answer.ConfigureAwait(false);
        }
        catch (Exception e) when (WixProblems.Of(e) is { } problem && !context.Response.HasStarted)
        {
            if (e is not BadHttpRequestException) // a body that was too large is no call
                LogWixFailed(e, context.GetEndpoint()?.DisplayName);
            await ProblemWriter.ReplaceAsync(context, problem).ConfigureAwait(false);
        }
        finally
        {
            flow.End();
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A call to Wix failed in {Endpoint}")]
    private partial void LogWixFailed(Exception cause, string? endpoint);
}
