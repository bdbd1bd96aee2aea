using System.Diagnostics;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Endpoints.Problems;

/// <summary>
/// Converts every failure of an endpoint into a problem document, which is the same in every environment and contains nothing from the
/// exception.
/// </summary>
internal sealed partial class FailureBoundary(IEnumerable<IProblemSource> sources, ILogger<FailureBoundary> logger,
    DiagnosticListener? diagnostics = null)
{
    private const int ClientClosedRequest = 499;
    private const string ErrorType = "error.type";

    // The name and the members are those of the developer exception page, which answers for an exception too.
    private const string UnhandledEvent = "Microsoft.AspNetCore.Diagnostics.UnhandledException";

    private readonly IProblemSource[] _sources = [.. sources];

    /// <summary>Wraps a request delegate in the boundary. A response that completes synchronously passes without further work.</summary>
    /// <param name="next">The request delegate, which may fail.</param>
    /// <param name="bindsBody"><see langword="true"/> if the framework reads the body for it; otherwise, <see langword="false"/>.</param>
    public RequestDelegate Wrap(RequestDelegate next, bool bindsBody) => context =>
    {
        CountedBody.Put(context);
        QuotedCharset.Unquote(context.Request);
        if (AnswerBefore.Of(context) is { } before)
            return KeepAsync(context, before, next, bindsBody);

        Task answer;
        var status = context.Response.StatusCode;
        try
        {
            answer = next(context) ?? throw NoTask();
        }
        catch (Exception e)
        {
            return FailAsync(context, e);
        }
        return answer.IsCompletedSuccessfully && !(bindsBody && IsCutOff(context.Response, status))
            ? answer : AwaitAsync(context, answer, bindsBody, status);
    };

    private async Task KeepAsync(HttpContext context, AnswerBefore before, RequestDelegate next, bool bindsBody)
    {
        var outer = context.Features.Get<AnswerBefore>(); // of the endpoint that has rewritten the request
        var status = context.Response.StatusCode;
        context.Features.Set(before);
        try
        {
            await AwaitAsync(context, Run(next, context), bindsBody, status).ConfigureAwait(false);
        }
        finally
        {
            context.Features.Set(outer);
        }
    }

    private static async Task Run(RequestDelegate next, HttpContext context) =>
        await (next(context) ?? throw NoTask()).ConfigureAwait(false);

    private async Task AwaitAsync(HttpContext context, Task answer, bool bindsBody, int statusBefore)
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

        if (bindsBody && IsCutOff(context.Response, statusBefore))
            await ProblemWriter.WriteAsync(context, RequestProblems.BodyTooLarge).ConfigureAwait(false);
    }

    /// <remarks>The framework's binding only sets the status when the server refuses to read on.</remarks>
    private static bool IsCutOff(HttpResponse response, int statusBefore) =>
        response.StatusCode == StatusCodes.Status413PayloadTooLarge && statusBefore != response.StatusCode && !response.HasStarted
            && response.ContentType is null;

    private static InvalidOperationException NoTask() => new("The handler returned null instead of a Task.");

    private Task FailAsync(HttpContext context, Exception exception)
    {
        if (exception is OperationCanceledException
            && context.Features.Get<IHttpRequestTimeoutFeature>()?.RequestTimeoutToken.IsCancellationRequested == true)
        {
            if (!context.Response.HasStarted)
                AnswerBefore.Restore(context);
            return Task.FromException(exception); // the request timeouts middleware waits for it, to answer as the application has it
        }

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
            return ProblemWriter.ReplaceAsync(context, problem);
        }
        if (BindingProblems.For(context, exception) is not { } refusal)
        {
            LogUnhandled(exception, context.GetEndpoint()?.DisplayName);
            return AnswerUnhandledAsync(context, exception);
        }
        LogRefused(exception, refusal.Status, context.GetEndpoint()?.DisplayName);
        return ProblemWriter.ReplaceAsync(context, refusal);
    }

    /// <summary>
    /// Reports the exception to all observers, as ASP.NET Core's exception middleware does, and writes the response unless the application
    /// does.
    /// </summary>
    private async Task AnswerUnhandledAsync(HttpContext context, Exception exception)
    {
        ProblemWriter.Abandon(context);
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        if (context.Features.Get<IHttpMetricsTagsFeature>() is { } metrics && !metrics.Tags.Any(static tag => tag.Key == ErrorType))
            metrics.Tags.Add(new(ErrorType, exception.GetType().FullName));
        if (diagnostics?.IsEnabled(UnhandledEvent) == true)
            diagnostics.Write(UnhandledEvent, new { httpContext = context, timestamp = Stopwatch.GetTimestamp(), exception });

        var feature = new ExceptionHandlerFeature
        {
            Error = exception, Path = context.Request.Path, Endpoint = context.GetEndpoint(), RouteValues = context.Request.RouteValues,
        };
        context.Features.Set<IExceptionHandlerFeature>(feature);
        context.Features.Set<IExceptionHandlerPathFeature>(feature);
        foreach (var handler in context.RequestServices.GetServices<IExceptionHandler>())
        {
            try
            {
                if (await handler.TryHandleAsync(context, exception, context.RequestAborted).ConfigureAwait(false))
                    return;
            }
            catch (Exception e) when (!context.Response.HasStarted)
            {
                LogHandlerFailed(e, handler.GetType());
            }
        }
        await ProblemWriter.ReplaceAsync(context, RequestProblems.Unhandled).ConfigureAwait(false);
    }

    /// <remarks>A reader of the body may notice a broken connection before the request is aborted.</remarks>
    private static bool IsClientGone(HttpContext context, Exception exception) =>
        (context.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
        || exception is ConnectionResetException or ConnectionAbortedException
            or IOException { InnerException: ConnectionResetException or ConnectionAbortedException };

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

    [LoggerMessage(1, LogLevel.Error, "{Endpoint} failed")]
    private partial void LogUnhandled(Exception cause, string? endpoint);

    [LoggerMessage(2, LogLevel.Debug, "A request to {Endpoint} was rejected with {Status}")]
    private partial void LogRefused(Exception cause, int status, string? endpoint);

    [LoggerMessage(3, LogLevel.Debug, "The client of a {Method} request to {Endpoint} disconnected")]
    private partial void LogClientGone(string method, string? endpoint);

    [LoggerMessage(4, LogLevel.Warning, "{Endpoint} answered {Status} for an exception")]
    private partial void LogKnown(Exception cause, int status, string? endpoint);

    [LoggerMessage(5, LogLevel.Error, "The exception handler {Handler} failed")]
    private partial void LogHandlerFailed(Exception cause, Type handler);
}
