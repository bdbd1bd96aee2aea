using System.Globalization;
using System.Text;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Calls;
using Endpoints.Wix.Emulator.Faults;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Emulator;

/// <summary>
/// Sets a fault on a route. Faults happen before the platform looks at a call, in the order in which they were set: those that
/// only delay let the next one have its turn, and the first that answers ends it.
/// </summary>
public sealed class EmulatedFaultBuilder
{
    private readonly FaultTable _table;
    private readonly RoutePattern _pattern;
    private readonly TimeProvider _time;
    private Func<EmulatedCall, bool>? _when;
    private int _toSkip;
    private int? _times;

    internal EmulatedFaultBuilder(FaultTable table, RoutePattern pattern, TimeProvider time)
    {
        _table = table;
        _pattern = pattern;
        _time = time;
    }

    /// <summary>Limits the fault to the next calls, after which the route works again. Without it the fault stays until it is cleared.</summary>
    /// <param name="count">How many calls, at least 1.</param>
    public EmulatedFaultBuilder Times(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _times = count;
        return this;
    }

    /// <summary>Lets the first calls pass.</summary>
    /// <param name="count">How many calls, at least 0.</param>
    public EmulatedFaultBuilder After(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _toSkip = count;
        return this;
    }

    /// <summary>Limits the fault to calls that a condition picks.</summary>
    /// <param name="condition">Looks at a call that has arrived; its body is there. Must be quick and must not call the emulator.</param>
    public EmulatedFaultBuilder When(Func<EmulatedCall, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        _when = condition;
        return this;
    }

    /// <summary>Makes calls wait, by the emulator's clock, before they are carried out.</summary>
    /// <param name="delay">How long; not negative.</param>
    public EmulatedFault Delay(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return Set(answers: false, async (_, ct) =>
        {
            await Task.Delay(delay, _time, ct).ConfigureAwait(false);
            return FaultOutcome.GoOn;
        });
    }

    /// <summary>Holds calls back until the gate is opened, so that a test decides what happens at the same time.</summary>
    public EmulatedGate Hold()
    {
        var gate = new EmulatedGate();
        gate.Attach(Set(answers: false, async (_, ct) =>
        {
            await gate.PassAsync(ct).ConfigureAwait(false);
            return FaultOutcome.GoOn;
        }));
        return gate;
    }

    /// <summary>Answers with an error in Wix's shape, without carrying the call out.</summary>
    /// <param name="statusCode">The status, 400 to 599.</param>
    /// <param name="retryAfter">The <c>Retry-After</c> header, in whole seconds; none by default.</param>
    public EmulatedFault Fail(int statusCode, TimeSpan? retryAfter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 599);
        return Set(answers: true, async (http, ct) =>
        {
            if (retryAfter is { } wait)
                http.Response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            await Answers.Answer.Error(statusCode, "EMULATED_FAULT", $"The emulator was told to answer {statusCode}.").WriteAsync(http, ct).ConfigureAwait(false);
            return FaultOutcome.Done;
        });
    }

    /// <summary>Answers with whatever the test wants, without carrying the call out.</summary>
    /// <param name="statusCode">The status, 200 to 599.</param>
    /// <param name="body">The body.</param>
    /// <param name="contentType">The content type.</param>
    /// <param name="headers">Further headers, such as <c>X-Wix-Consistent</c>; none by default.</param>
    public EmulatedFault Answer(int statusCode, string body, string contentType = "application/json", IReadOnlyDictionary<string, string>? headers = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 599);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentException.ThrowIfNullOrWhiteSpace(contentType);
        return Set(answers: true, async (http, ct) =>
        {
            var answer = new Answer(statusCode, Encoding.UTF8.GetBytes(body), contentType);
            foreach (var (name, value) in headers ?? new Dictionary<string, string>())
                answer.With(name, value);
            await answer.WriteAsync(http, ct).ConfigureAwait(false);
            return FaultOutcome.Done;
        });
    }

    /// <summary>Answers 200 with something that says it is JSON and is not, as a broken gateway would.</summary>
    public EmulatedFault Garbage() => Answer(StatusCodes.Status200OK, "<html><body>upstream connect error</body>");

    /// <summary>Never answers. The call ends when the caller gives up, the fault is cleared or the emulator stops.</summary>
    /// <param name="afterHeaders">Whether the status, the headers and the beginning of a body are sent first.</param>
    public EmulatedFault Hang(bool afterHeaders = false) => Set(answers: true, async (http, ct) =>
    {
        if (afterHeaders)
        {
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync("{\"", ct).ConfigureAwait(false);
            await http.Response.Body.FlushAsync(ct).ConfigureAwait(false);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, _time, ct).ConfigureAwait(false);
        return FaultOutcome.Done;
    });

    /// <summary>Closes the connection without an answer and without carrying the call out.</summary>
    public EmulatedFault Drop() => Set(answers: true, static (http, _) =>
    {
        http.Abort();
        return Task.FromResult(FaultOutcome.Dropped);
    });

    /// <summary>Carries the call out and closes the connection instead of answering, so that the caller can't know.</summary>
    public EmulatedFault LoseAnswer() => Set(answers: true, static (_, _) => Task.FromResult(FaultOutcome.LoseAnswer));

    private EmulatedFault Set(bool answers, Func<HttpContext, CancellationToken, Task<FaultOutcome>> effect) =>
        new(_table, _pattern, _when, _toSkip, _times, answers, effect);
}
