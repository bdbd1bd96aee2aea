using System.Net;
using Endpoints.Wix.Values;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;

namespace Endpoints.Wix.Http;

/// <summary>Handles a Wix that is slow, busy or down, with time limits, further tries and circuit breakers.</summary>
/// <remarks>
/// Thread-safe. There is one circuit breaker for each <see cref="WixCircuit"/>, not for anything a client could choose. It counts what says
/// that Wix is down (no answer, none in time though nobody else got one meanwhile, a gateway's 502, 503 or 504), and never what an odd
/// request may have caused. Time limits and waits run on the machine's own clock, so that a stopped or moved <see cref="TimeProvider"/>
/// can't make a call hang; how long a circuit stays open goes by that provider.
/// </remarks>
internal sealed partial class WixResilience
{
    private const double FailureRatio = 0.5;
    private const int MinimumThroughput = 8;

    private static readonly TimeSpan SamplingDuration = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);

    // Somebody is waiting for the answer.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly ResiliencePropertyKey<WixRequest> Current = new("Endpoints.Wix.Sending");

    private readonly WixClientOptions _options;
    private readonly ILogger<WixResilience> _logger;
    private readonly CircuitBreakerStateProvider[] _states;
    private readonly FurtherTries[] _tries = Array.ConvertAll(Enum.GetValues<WixCircuit>(), static _ => new FurtherTries());
    private readonly ResiliencePipeline<WixAnswer>[] _breakers;
    // when Wix last answered anybody
    private readonly long[] _answered = Array.ConvertAll(Enum.GetValues<WixCircuit>(), static _ => long.MinValue);

    public WixResilience(IOptions<WixClientOptions> options, TimeProvider time, ILogger<WixResilience> logger)
    {
        _options = options.Value;
        _logger = logger;
        _states = Array.ConvertAll(Enum.GetValues<WixCircuit>(), static _ => new CircuitBreakerStateProvider());
        _breakers = Array.ConvertAll(Enum.GetValues<WixCircuit>(), circuit => Build(circuit, time));
    }

    /// <summary>Gets the parts of Wix that are not called at present because they have not been answering.</summary>
    public IEnumerable<WixCircuit> Down =>
        Enum.GetValues<WixCircuit>().Where(circuit => _states[(int)circuit].CircuitState == CircuitState.Open);

    /// <summary>Sends a request within its time limit, as often as that is allowed and useful.</summary>
    /// <param name="request">The request.</param>
    /// <param name="send">The function that sends it once.</param>
    /// <param name="ct">The token to monitor for cancellation requests.</param>
    /// <exception cref="WixUnavailableException">There was no answer, none in time, or Wix is being left alone because it gave none
    /// lately.</exception>
    public async ValueTask<WixAnswer> SendAsync(
        WixRequest request, Func<ResilienceContext, WixRequest, ValueTask<Outcome<WixAnswer>>> send, CancellationToken ct)
    {
        using var limit = LinkedToken.Within(request.Timeout, ct);
        var context = ResilienceContextPool.Shared.Get(limit.Token);
        try
        {
            context.Properties.Set(Current, request);
            _tries[(int)request.Circuit].Earn();
            var breaker = _breakers[(int)request.Circuit];
            var outcome = await breaker.ExecuteOutcomeAsync(send, context, request).ConfigureAwait(false);
            for (var tries = 0; IsWorthAnotherTry(request, outcome, tries); tries++)
            {
                var delay = Delay(outcome, tries);
                LogRetry(request.Circuit, Reason(outcome), delay.TotalMilliseconds);
                if (request.Retried is { } call)
                    await call.SpendAgainAsync(ct).ConfigureAwait(false);
                await Task.Delay(delay, TimeProvider.System, limit.Token).ConfigureAwait(false);
                outcome = await breaker.ExecuteOutcomeAsync(send, context, request).ConfigureAwait(false);
            }

            outcome.ThrowIfException();
            var answer = outcome.Result!; // or there was an exception
            if (!answer.SaysThatWixIsDown)
                Volatile.Write(ref _answered[(int)request.Circuit], TimeProvider.System.GetTimestamp());
            return answer;
        }
        catch (BrokenCircuitException e)
        {
            throw new WixUnavailableException("Wix has not been responding, so no call is made for a moment.", e.RetryAfter);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new WixUnavailableException("Wix did not respond in time.", retryAfter: null);
        }
        catch (Exception e) when (IsNoAnswer(e))
        {
            // What the transport says can hold what a broken answer said; the kind of error is enough.
            throw new WixUnavailableException($"Wix did not respond ({Kind(e)}).", retryAfter: null);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    // Tries and time limits are written out above: as strategies of a pipeline, each would be a task of its own for every call.
    private ResiliencePipeline<WixAnswer> Build(WixCircuit circuit, TimeProvider time) =>
        new ResiliencePipelineBuilder<WixAnswer> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<WixAnswer>
            {
                FailureRatio = FailureRatio,
                MinimumThroughput = MinimumThroughput,
                SamplingDuration = SamplingDuration,
                StateProvider = _states[(int)circuit],
                BreakDuration = _options.Resilience.CircuitBreakDuration,
                ShouldHandle = args => new(SaysThatWixIsDown(args.Context, args.Outcome)),
                OnOpened = args =>
                {
                    LogOpened(circuit, Reason(args.Outcome), args.BreakDuration);
                    return ValueTask.CompletedTask;
                },
                OnClosed = _ =>
                {
                    LogClosed(circuit);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();

    private bool IsWorthAnotherTry(WixRequest request, Outcome<WixAnswer> outcome, int tries) =>
        request.IsRepeatable
        && tries < _options.Resilience.MaxRetryAttempts
        && (outcome.Exception is { } failure ? IsNoAnswer(failure)
            : outcome.Result?.Status == HttpStatusCode.ServiceUnavailable
                || (outcome.Result?.Status == HttpStatusCode.TooManyRequests && !request.IsStrangers))
        && (outcome.Result?.RetryAfter ?? LongestDelay(tries)) is var wait
        && wait <= LongestWait && wait <= request.Left / 2 // the next answer takes its time as well
        && _tries[(int)request.Circuit].TryTake();

    private static TimeSpan Delay(Outcome<WixAnswer> outcome, int tries) =>
        // What Wix asks for, and a little more, so that those who were told the same don't come back all at once.
        outcome.Result?.RetryAfter is { } told
            ? told + (FirstDelay * Jitter.Next())
            : LongestDelay(tries) * (0.5 + (Jitter.Next() / 2));

    private static TimeSpan LongestDelay(int attempt) => FirstDelay * (1 << Math.Min(attempt, 8));

    private bool SaysThatWixIsDown(ResilienceContext context, Outcome<WixAnswer> outcome) => outcome.Exception switch
    {
        null => outcome.Result?.SaysThatWixIsDown == true,
        OperationCanceledException => context.Properties.GetValue(Current, null!) is var request // set before anything runs
            && HasWaitedLong(request) && IsAlone(request),
        var failure => IsNoAnswer(failure),
    };

    // Callers may all be gone before the time limit comes. One who left at once knows nothing of Wix.
    private static bool HasWaitedLong(WixRequest request) => request.Left <= request.Timeout / 2;

    // Where Wix has answered somebody meanwhile, it is this call that is slow: whoever has a slow one to make could take Wix from all
    // others.
    private bool IsAlone(WixRequest request) => Volatile.Read(ref _answered[(int)request.Circuit]) < request.Started;

    private static bool IsNoAnswer(Exception failure) => failure is HttpRequestException or IOException;

    private static string Reason(Outcome<WixAnswer> outcome) =>
        outcome.Exception is { } failure ? Kind(failure) : outcome.Result?.ToString() ?? "";

    private static string Kind(Exception failure) =>
        failure is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error }
            ? error.ToString() : failure.GetType().Name;

    [LoggerMessage(1, LogLevel.Information, "A call to Wix ({Circuit}) failed ({Reason}). Retrying in {DelayMilliseconds} ms")]
    private partial void LogRetry(WixCircuit circuit, string reason, double delayMilliseconds);

    [LoggerMessage(2, LogLevel.Error, "Wix ({Circuit}) is not responding ({Reason}). No call is made for {BreakDuration}")]
    private partial void LogOpened(WixCircuit circuit, string reason, TimeSpan breakDuration);

    [LoggerMessage(3, LogLevel.Information, "Wix ({Circuit}) is responding again")]
    private partial void LogClosed(WixCircuit circuit);
}
