using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Logging;

namespace Endpoints.Problems;

/// <summary>Turns whatever goes wrong in an endpoint into a problem document: the same in every environment, and with nothing from the exception.</summary>
internal sealed partial class FailureBoundary(IEnumerable<IProblemSource> sources, ILogger<FailureBoundary> logger)
{
    private const int ClientClosedRequest = 499;

    private readonly IProblemSource[] _sources = [.. sources];

    /// <summary>Puts the boundary around a request delegate. An answer given at once passes without any further work.</summary>
    /// <param name="next">What may fail.</param>
    /// <param name="bindsBody">Whether the framework reads the body for it.</param>
    public RequestDelegate Wrap(RequestDelegate next, bool bindsBody) => context =>
    {
        Task answer;
        try
        {
            answer = next(context) ?? throw new InvalidOperationException("The handler gave null where a task was due.");
        }
        catch (Exception e)
        {
            return FailAsync(context, e);
        }
        return answer.IsCompletedSuccessfully && !(bindsBody && IsCutOff(context.Response)) ? answer : AwaitAsync(context, answer, bindsBody);
    };

    private async Task AwaitAsync(HttpContext context, Task answer, bool bindsBody)
    {
        try
        {
            await answer.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await FailAsync(context, e).ConfigureAwait(false);
            return;
        }

        if (bindsBody && IsCutOff(context.Response))
            await ProblemWriter.WriteAsync(context, RequestProblems.BodyTooLarge).ConfigureAwait(false);
    }

    /// <remarks>The framework's binding only sets the status when the server refuses to read on.</remarks>
    private static bool IsCutOff(HttpResponse response) =>
        response.StatusCode == StatusCodes.Status413PayloadTooLarge && !response.HasStarted && response.ContentType is null;

    private Task FailAsync(HttpContext context, Exception exception)
    {
        if (exception is OperationCanceledException && context.Features.Get<IHttpRequestTimeoutFeature>()?.RequestTimeoutToken.IsCancellationRequested == true)
            return Task.FromException(exception); // the request timeouts middleware waits for it, to answer as the application has it

        if (IsClientGone(context, exception))
        {
            LogClientGone(context.Request.Method, context.GetEndpoint()?.DisplayName);
            if (!context.Response.HasStarted)
                context.Response.StatusCode = ClientClosedRequest;
            return Task.CompletedTask;
        }
        if (context.Response.HasStarted)
            return Task.FromException(exception); // the server logs it and breaks the connection off: half an answer must not look whole

        if (Known(exception) is { } problem)
        {
            LogKnown(exception, problem.Status, context.GetEndpoint()?.DisplayName);
            return AnswerAsync(context, problem);
        }
        if (BindingProblems.For(context, exception) is not { } refusal)
        {
            LogUnhandled(exception, context.GetEndpoint()?.DisplayName);
            return AnswerAsync(context, RequestProblems.Unhandled);
        }
        LogRefused(exception, refusal.Status, context.GetEndpoint()?.DisplayName);
        return AnswerAsync(context, refusal);
    }

    /// <remarks>Who reads the body may hear of a broken connection before the request is aborted.</remarks>
    private static bool IsClientGone(HttpContext context, Exception exception) =>
        (context.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
        || exception is ConnectionResetException or ConnectionAbortedException or IOException { InnerException: ConnectionResetException or ConnectionAbortedException };

    private Problem? Known(Exception exception)
    {
        if (exception is IProblemException known)
            return known.Problem;
        foreach (var source in _sources)
        {
            if (source.For(exception) is { } problem)
                return problem;
        }

        return null;
    }

    private static Task AnswerAsync(HttpContext context, Problem problem)
    {
        context.Features.Get<IAnswerParts>()?.Discard();
        return ProblemWriter.ReplaceAsync(context, problem);
    }

    [LoggerMessage(1, LogLevel.Error, "{Endpoint} failed")]
    private partial void LogUnhandled(Exception cause, string? endpoint);

    [LoggerMessage(2, LogLevel.Debug, "Request to {Endpoint} refused with {Status}")]
    private partial void LogRefused(Exception cause, int status, string? endpoint);

    [LoggerMessage(3, LogLevel.Debug, "The client of a {Method} request to {Endpoint} went away")]
    private partial void LogClientGone(string method, string? endpoint);

    [LoggerMessage(4, LogLevel.Warning, "{Endpoint} answered {Status} for an exception")]
    private partial void LogKnown(Exception cause, int status, string? endpoint);
}
