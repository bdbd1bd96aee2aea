using System.Net;
using Endpoints.Wix.Values;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

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
    private static readonly ResiliencePropertyKey<Sending> Current = new("Endpoints.Wix.Sending");

    private readonly WixClientOptions _options;
    private readonly ILogger<WixResilience> _logger;
    private readonly CircuitBreakerStateProvider[] _states;
    private readonly FurtherTries[] _tries = Array.ConvertAll(Enum.GetValues<WixCircuit>(), static _ => new FurtherTries());
    private readonly ResiliencePipeline<WixAnswer>[] _pipelines;
    // when Wix last answered anybody
    private readonly long[] _answered = Array.ConvertAll(Enum.GetValues<WixCircuit>(), static _ => long.MinValue);

    public WixResilience(IOptions<WixClientOptions> options, TimeProvider time, ILogger<WixResilience> logger)
    {
        _options = options.Value;
        _logger = logger;
        _states = Array.ConvertAll(Enum.GetValues<WixCircuit>(), static _ => new CircuitBreakerStateProvider());
        _pipelines = Array.ConvertAll(Enum.GetValues<WixCircuit>(), circuit => Build(circuit, time));
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
    public async Task<WixAnswer> SendAsync(WixRequest request, Func<WixRequest, CancellationToken, Task<WixAnswer>> send,
        CancellationToken ct)
    {
        var context = ResilienceContextPool.Shared.Get(ct);
        try
        {
            _tries[(int)request.Circuit].Earn();
            var sending = new Sending(request, send);
            context.Properties.Set(Current, sending);
            var outcome = await _pipelines[(int)request.Circuit].ExecuteOutcomeAsync(
                static (context, sending) => sending.OnceAsync(context.CancellationToken), context, sending).ConfigureAwait(false);
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
        catch (Exception e) when (e is TimeoutRejectedException || (e is OperationCanceledException && !ct.IsCancellationRequested))
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

    private ResiliencePipeline<WixAnswer> Build(WixCircuit circuit, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder<WixAnswer> { TimeProvider = TimeProvider.System };
        if (_options.Resilience.MaxRetryAttempts > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<WixAnswer>
            {
                MaxRetryAttempts = _options.Resilience.MaxRetryAttempts,
                ShouldHandle = args => new(
                    IsWorthAnotherTry(args.Context, args.Outcome, args.AttemptNumber)
                        && args.AttemptNumber < _options.Resilience.MaxRetryAttempts && _tries[(int)circuit].TryTake()),
                DelayGenerator = static args => new(Delay(args.Outcome, args.AttemptNumber)),
                OnRetry = args =>
                {
                    LogRetry(circuit, Reason(args.Outcome), args.RetryDelay.TotalMilliseconds);
                    return Of(args.Context).Request.Retrying is { } retrying
                        ? retrying(args.Context.CancellationToken) : ValueTask.CompletedTask;
                },
            });
        }

        return builder
            .AddPipeline(new ResiliencePipelineBuilder<WixAnswer> { TimeProvider = time }
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
                .Build())
            .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = static args => new(Of(args.Context).Left) })
            .Build();
    }

    private static Sending Of(ResilienceContext context) => context.Properties.GetValue(Current, null!); // set before anything runs

    private static bool IsWorthAnotherTry(ResilienceContext context, Outcome<WixAnswer> outcome, int attempt)
    {
        var current = Of(context);
        return current.Request.IsRepeatable
            && (outcome.Exception is { } failure ? IsNoAnswer(failure)
                : outcome.Result?.Status == HttpStatusCode.ServiceUnavailable
                    || (outcome.Result?.Status == HttpStatusCode.TooManyRequests && !current.Request.IsStrangers))
            && (outcome.Result?.RetryAfter ?? LongestDelay(attempt)) is var wait
            && wait <= LongestWait && wait <= current.Left / 2; // the next answer takes its time as well
    }

    private static TimeSpan? Delay(Outcome<WixAnswer> outcome, int attempt) =>
        // What Wix asks for, and a little more, so that those who were told the same don't come back all at once.
        outcome.Result?.RetryAfter is { } told
            ? told + (FirstDelay * Jitter.Next())
            : LongestDelay(attempt) * (0.5 + (Jitter.Next() / 2));

    private static TimeSpan LongestDelay(int attempt) => FirstDelay * (1 << Math.Min(attempt, 8));

    private bool SaysThatWixIsDown(ResilienceContext context, Outcome<WixAnswer> outcome) => outcome.Exception switch
    {
        null => outcome.Result?.SaysThatWixIsDown == true,
        TimeoutRejectedException => IsAlone(context),
        OperationCanceledException => HasWaitedLong(context) && IsAlone(context),
        var failure => IsNoAnswer(failure),
    };

    // Callers may all be gone before the time limit comes. One who left at once knows nothing of Wix.
    private static bool HasWaitedLong(ResilienceContext context) =>
        Of(context) is var current && current.Left <= current.Request.Timeout / 2;

    // Where Wix has answered somebody meanwhile, it is this call that is slow: whoever has a slow one to make could take Wix from all
    // others.
    private bool IsAlone(ResilienceContext context) =>
        Of(context) is var current && Volatile.Read(ref _answered[(int)current.Request.Circuit]) < current.Started;

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

    /// <summary>Represents a request that is being sent, and the time at which sending began.</summary>
    private sealed class Sending(WixRequest request, Func<WixRequest, CancellationToken, Task<WixAnswer>> send)
    {
        private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(10); // what a time limit must have

        private readonly long _started = TimeProvider.System.GetTimestamp();

        public WixRequest Request => request;

        public long Started => _started;

        public TimeSpan Left
        {
            get
            {
                var left = request.Timeout - TimeProvider.System.GetElapsedTime(_started);
                return left > Least ? left : Least;
            }
        }

        public async ValueTask<Outcome<WixAnswer>> OnceAsync(CancellationToken ct)
        {
            try
            {
                return Outcome.FromResult(await send(request, ct).ConfigureAwait(false));
            }
            catch (Exception e)
            {
                return Outcome.FromException<WixAnswer>(e);
            }
        }
    }
}
