using Endpoints.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Problems;

/// <summary>The outermost catch for what Wix refused an endpoint that does not catch it, whatever middleware the application has.</summary>
internal sealed partial class FailureMiddleware(RequestDelegate next, ILogger<FailureMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        try
        {
            var answer = next(context);
            return answer.IsCompletedSuccessfully ? answer : WaitAsync(context, answer);
        }
        catch (Exception e) when (IsAnswerable(context, e))
        {
            return AnswerAsync(context, e);
        }
    }

    private static bool IsAnswerable(HttpContext context, Exception exception) => exception is IProblemException && !context.Response.HasStarted;

    private async Task WaitAsync(HttpContext context, Task answer)
    {
        try
        {
            await answer.ConfigureAwait(false);
        }
        catch (Exception e) when (IsAnswerable(context, e))
        {
            await AnswerAsync(context, e).ConfigureAwait(false);
        }
    }

    private Task AnswerAsync(HttpContext context, Exception exception)
    {
        LogWixFailed(exception, context.GetEndpoint()?.DisplayName);
        return ProblemWriter.ReplaceAsync(context, ((IProblemException)exception).Problem);
    }

    [LoggerMessage(1, LogLevel.Warning, "A call to Wix failed in {Endpoint}")]
    private partial void LogWixFailed(Exception cause, string? endpoint);
}
