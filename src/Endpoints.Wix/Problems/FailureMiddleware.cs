using Endpoints.Problems;
using Endpoints.Wix.Identification;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Problems;

/// <summary>
/// The outermost catch for what Wix refused an endpoint that does not catch it, whatever middleware the application has. Where there is an API key it also
/// marks what requests begin, which may not use the key unguarded.
/// </summary>
internal sealed partial class FailureMiddleware(RequestDelegate next, IOptions<WixOptions> options, ILogger<FailureMiddleware> logger)
{
    private readonly RequestDelegate _next = options.Value.ApiKey is null ? next : context => RequestFlow.Go(next, context);

    public Task InvokeAsync(HttpContext context)
    {
        try
        {
            var answer = _next(context);
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
