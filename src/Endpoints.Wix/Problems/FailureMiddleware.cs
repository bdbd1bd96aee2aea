using Endpoints.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Problems;

/// <summary>The outermost catch for what Wix refused an endpoint that does not catch it, whatever middleware the application has.</summary>
internal sealed partial class FailureMiddleware(RequestDelegate next, ILogger<FailureMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IProblemException && !context.Response.HasStarted)
        {
            LogWixFailed(e, context.GetEndpoint()?.DisplayName);
            await ProblemWriter.ReplaceAsync(context, ((IProblemException)e).Problem).ConfigureAwait(false);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A call to Wix failed in {Endpoint}")]
    private partial void LogWixFailed(Exception cause, string? endpoint);
}
