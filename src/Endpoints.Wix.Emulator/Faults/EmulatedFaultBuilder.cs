using System.Globalization;
using System.Text;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Calls;
using Endpoints.Wix.Emulator.Faults;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Emulator;

/// <summary>
/// Sets a fault on a route. Faults are applied before the platform processes a call, in the order in which they were set. A fault that only
/// delays passes the call to the next fault, and the first fault that answers ends the call.
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

    /// <summary>
    /// Limits the fault to the given number of calls, after which the route works again. By default, the fault stays until it is cleared.
    /// </summary>
    /// <param name="count">The number of calls, at least 1.</param>
    /// <returns>This builder.</returns>
    public EmulatedFaultBuilder Times(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _times = count;
        return this;
    }

    /// <summary>Lets the first calls pass.</summary>
    /// <param name="count">The number of calls to let pass, at least 0.</param>
    /// <returns>This builder.</returns>
    public EmulatedFaultBuilder After(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _toSkip = count;
        return this;
    }

    /// <summary>Limits the fault to calls that satisfy a condition.</summary>
    /// <param name="condition">
    /// The condition, which receives a call that has arrived, including its body. It must be quick and must not call the emulator.
    /// </param>
    /// <returns>This builder.</returns>
    public EmulatedFaultBuilder When(Func<EmulatedCall, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        _when = condition;
        return this;
    }

    /// <summary>Delays calls, by the emulator's clock, before they are processed.</summary>
    /// <param name="delay">The delay, which can't be negative.</param>
    /// <returns>The fault. Disposing it clears it.</returns>
    public EmulatedFault Delay(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return Set(answers: false, async (_, ct) =>
        {
            await Task.Delay(delay, _time, ct).ConfigureAwait(false);
            return FaultOutcome.GoOn;
        });
    }

    /// <summary>Holds calls until the gate is opened, so that a test controls what happens concurrently.</summary>
    /// <returns>The gate that holds the calls.</returns>
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

    /// <summary>Answers with an error in Wix's format, without processing the call.</summary>
    /// <param name="statusCode">The status code, from 400 to 599.</param>
    /// <param name="retryAfter">The value of the <c>Retry-After</c> header, in whole seconds. None by default.</param>
    /// <returns>The fault. Disposing it clears it.</returns>
    public EmulatedFault Fail(int statusCode, TimeSpan? retryAfter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 599);
        return Set(answers: true, async (http, ct) =>
        {
            if (retryAfter is { } wait)
                http.Response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            await Answers.Answer.Error(statusCode, "EMULATED_FAULT", $"The emulator was told to answer {statusCode}.").WriteAsync(http, ct)
                .ConfigureAwait(false);
            return FaultOutcome.Done;
        });
    }

    /// <summary>Answers with the given response, without processing the call.</summary>
    /// <param name="statusCode">The status code, from 200 to 599.</param>
    /// <param name="body">The body of the response.</param>
    /// <param name="contentType">The content type of the response.</param>
    /// <param name="headers">Additional headers, such as <c>X-Wix-Consistent</c>. None by default.</param>
    /// <returns>The fault. Disposing it clears it.</returns>
    public EmulatedFault Answer(int statusCode, string body, string contentType = "application/json",
        IReadOnlyDictionary<string, string>? headers = null)
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

    /// <summary>Answers with status 200 and a body that is declared as JSON but is not JSON, as a broken gateway would.</summary>
    /// <returns>The fault. Disposing it clears it.</returns>
    public EmulatedFault Garbage() => Answer(StatusCodes.Status200OK, "<html><body>upstream connect error</body>");

    /// <summary>Never answers. The call ends when the caller disconnects, the fault is cleared or the emulator stops.</summary>
    /// <param name="afterHeaders">
    /// <see langword="true"/> to send the status, the headers and the beginning of a body first; otherwise, <see langword="false"/>.
    /// </param>
    /// <returns>The fault. Disposing it clears it.</returns>
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

    /// <summary>Closes the connection without answering and without processing the call.</summary>
    /// <returns>The fault. Disposing it clears it.</returns>
    public EmulatedFault Drop() => Set(answers: true, static (http, _) =>
    {
        http.Abort();
        return Task.FromResult(FaultOutcome.Dropped);
    });

    /// <summary>Processes the call and closes the connection instead of answering, so that the caller can't know the outcome.</summary>
    /// <returns>The fault. Disposing it clears it.</returns>
    public EmulatedFault LoseAnswer() => Set(answers: true, static (_, _) => Task.FromResult(FaultOutcome.LoseAnswer));

    private EmulatedFault Set(bool answers, Func<HttpContext, CancellationToken, Task<FaultOutcome>> effect) =>
        new(_table, _pattern, _when, _toSkip, _times, answers, effect);
}
