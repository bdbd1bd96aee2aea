using System.Diagnostics;
using System.Globalization;
using System.Text;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Calls;
using Endpoints.Wix.Emulator.Faults;
using Endpoints.Wix.Emulator.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Primitives;

namespace Endpoints.Wix.Emulator.Hosting;

/// <summary>Processes every call: request identifier, CORS, log, faults, access, and then the operation.</summary>
internal sealed partial class ApiPipeline(
    CallerResolver callers,
    AccessCheck access,
    PlatformDirectory directory,
    CallLog log,
    FaultTable faults,
    WixEmulatorOptions options,
    Func<string, string, Operation?> others,
    Action<EmulatedSite, EmulatedEvent> raise)
{
    private const int LargestBody = 8 * 1024 * 1024;
    private const int LoggedBody = 16 * 1024;

    private readonly InstanceQuota _quota = new(options);
    private readonly ILogger _logger =
        options.LoggerFactory?.CreateLogger("Endpoints.Wix.Emulator") ?? NullLogger.Instance;

    /// <summary>Maps the operations on a server. Routing selects an operation; this class runs it.</summary>
    public void Map(WebApplication web, IReadOnlyList<Operation> operations)
    {
        web.Use(_ => RunAsync);
        foreach (var operation in operations)
        {
            web.MapMethods(operation.Template, [operation.Method],
                static _ => throw new InvalidOperationException("The pipeline runs operations."))
                .WithMetadata(operation);
        }
    }

    private async Task RunAsync(HttpContext http)
    {
        var started = options.TimeProvider.GetTimestamp();
        var requestId = string.Create(
            CultureInfo.InvariantCulture,
            $"{options.TimeProvider.GetUtcNow().ToUnixTimeSeconds()}.{ActivityTraceId.CreateRandom().ToHexString()}");
        http.Response.Headers["X-Wix-Request-Id"] = requestId;
        // the platform's clock, not the machine's
        http.Response.Headers.Date = options.TimeProvider.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        if (Cors.Answer(http))
            return;

        var operation = Select(http);
        var (caller, refusal) = callers.Resolve(http.Request);
        var call = Describe(http, operation, caller, requestId);

        try
        {
            var body = operation?.RawBody == true ? [] : await ReadBodyAsync(http, call).ConfigureAwait(false);
            log.Add(call);
            await AnswerAsync(http, operation, call, refusal, body).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller left; there is nobody to answer.
        }
        finally
        {
            LogCall(call.Method, operation?.Template ?? "(no route)", call.StatusCode ?? 0, caller?.Kind.ToString() ?? "nobody",
                options.TimeProvider.GetElapsedTime(started).TotalMilliseconds, requestId);
        }
    }

    private Operation? Select(HttpContext http)
    {
        var own = http.GetEndpoint()?.Metadata.GetMetadata<Operation>();
        if (own is not null && !own.Template.Contains('{', StringComparison.Ordinal))
            return own;
        // A path that is spelled out goes before one with a parameter: /products/count before /products/{id}.
        var other = others(http.Request.Method, http.Request.Path.Value ?? "");
        return own is null || other?.Template.Count('{') < own.Template.Count('{') ? other : own;
    }

    private async Task AnswerAsync(HttpContext http, Operation? operation, EmulatedCall call, Answer? refusal, byte[] body)
    {
        var lose = false;
        foreach (var fault in faults.Take(call))
        {
            switch (await fault.RunAsync(http, http.RequestAborted).ConfigureAwait(false))
            {
                case FaultOutcome.Done:
                    call.StatusCode = http.Response.StatusCode;
                    return;
                case FaultOutcome.Dropped:
                    return;
                case FaultOutcome.LoseAnswer:
                    lose = true;
                    break;
                default:
                    break;
            }
        }

        var answer = await CarryOutAsync(http, operation, call, refusal, body).ConfigureAwait(false);
        if (lose)
        {
            http.Abort();
            return;
        }

        call.StatusCode = answer.StatusCode;
        await answer.WriteAsync(http, http.RequestAborted).ConfigureAwait(false);
    }

    private async Task<Answer> CarryOutAsync(HttpContext http, Operation? operation, EmulatedCall call, Answer? refusal, byte[] body)
    {
        try
        {
            if (operation is null)
                return Answer.Error(404, "NOT_FOUND", $"The emulator has no route {call.Method} {call.Path}.");
            if (body.Length > LargestBody)
                return Answer.Error(413, "PAYLOAD_TOO_LARGE", $"The request body is larger than {LargestBody} bytes.");
            access.Demand(operation, call.Caller, refusal);
            if (operation.Access is not Access.Open)
                _quota.Count(call.Caller);
            var request = new ApiRequest(http, call, directory.FindSite(call.Caller?.SiteId), body);
            var answer = await operation.Run(request).ConfigureAwait(false);
            foreach (var (where, what) in request.Raised)
                raise(where, what);
            return answer;
        }
        catch (ApiException e)
        {
            return e.Answer;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogMistake(e, call.Method, operation?.Template ?? "(no route)");
            return Answer.Error(500, "INTERNAL", "The emulator made a mistake; its log says which.");
        }
    }

    private EmulatedCall Describe(HttpContext http, Operation? operation, EmulatedCaller? caller, string requestId)
    {
        var request = http.Request;
        var headers = new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in request.Headers)
            headers[name] = value;
        return new(
            log.NextNumber(),
            options.TimeProvider.GetUtcNow(),
            request.Method,
            request.Path.Value ?? "",
            http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            request.Host.Value ?? "",
            operation?.Template,
            headers,
            caller,
            requestId);
    }

    // Reads one byte more than the limit, which is how an operation knows.
    private static async Task<byte[]> ReadBodyAsync(HttpContext http, EmulatedCall call)
    {
        if (http.Request.ContentLength == 0 || http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false)
            return [];
        using var copy = new MemoryStream();
        var buffer = new byte[8 * 1024];
        int read;
        while (copy.Length <= LargestBody
            && (read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted).ConfigureAwait(false)) > 0)
            copy.Write(buffer, 0, read);
        var body = copy.ToArray();
        var text = Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, LoggedBody));
        call.Body = text;
        return body;
    }

    [LoggerMessage(2, LogLevel.Error, "{Method} {Route} failed inside the emulator")]
    private partial void LogMistake(Exception exception, string method, string route);

    [LoggerMessage(1, LogLevel.Information,
        "{Method} {Route} answered {StatusCode} to {CallerKind} in {Milliseconds:F1} ms, request {RequestId}")]
    private partial void LogCall(string method, string route, int statusCode, string callerKind, double milliseconds, string requestId);
}
