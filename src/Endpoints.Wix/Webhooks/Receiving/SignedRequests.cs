using System.Buffers;
using System.Globalization;
using Endpoints.Problems;
using Endpoints.RateLimiting.Enforcing;
using Endpoints.Wix.Elevation;
using Endpoints.Wix.Elevation.Bodies;
using Endpoints.Wix.Options;
using Endpoints.Wix.RateLimiting;
using Endpoints.Wix.Telemetry;
using Endpoints.Wix.Values;
using Endpoints.Wix.Webhooks.Signatures;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Webhooks.Receiving;

/// <summary>Takes requests that Wix must have signed. Everybody else gets a status code, and no word more.</summary>
/// <remarks>
/// Refusals are counted for each address. The count never keeps out what Wix has signed, because behind some proxies everybody has one
/// address.
/// </remarks>
internal sealed partial class SignedRequests(SignedCalls calls, ILiveOptions<WixOptions> live, RateLimitScopes scopes, RateLimitGate gate,
    AppName app, EventTelemetry telemetry, ILogger<SignedRequests> logger)
{
    private readonly LimitUse _refused = new(scopes.Known(app.Of(WixRules.RefusedCalls), ""), Cost: 0) { IsClosed = true };

    /// <summary>Reads and verifies a request. If it is refused, the response is complete.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kind">What it must be.</param>
    /// <returns>A task that returns what was signed; <see langword="null"/> if the request is refused.</returns>
    public async Task<SignedCall?> TakeAsync(HttpContext context, SignedCallKind kind)
    {
        NeverStored.Tell(context);
        var limit = live.Now.Events.MaxBodySize;
        if (context.Request.ContentLength > limit)
        {
            await RefuseAsync(context, kind, StatusCodes.Status413PayloadTooLarge, "too_large").ConfigureAwait(false);
            return null;
        }

        CountedBody.Put(context);
        var (read, problem) = await WholeBody.ReadAsync(context, limit).ConfigureAwait(false);
        if (problem is not null)
        {
            await RefuseAsync(context, kind, problem.Status, "body").ConfigureAwait(false);
            return null;
        }

        var body = read.Buffer.ToArray();
        context.Request.BodyReader.AdvanceTo(read.Buffer.End);
        var (fault, call) = await calls.VerifyAsync(body, kind).ConfigureAwait(false);
        if (fault == TokenFault.None)
            return call;
        await RefuseAsync(context, kind, TokenFaults.Status(fault), TokenFaults.Text(fault)).ConfigureAwait(false);
        return null;
    }

    /// <summary>Refuses a request. One over the limit of its address gets the limit's status instead.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kind">What it should have been.</param>
    /// <param name="status">The status code.</param>
    /// <param name="reason">The reason, for the log and the metric.</param>
    public async Task RefuseAsync(HttpContext context, SignedCallKind kind, int status, string reason)
    {
        telemetry.Refused(kind == SignedCallKind.Event ? "event" : "plugin", reason);
        if (await gate.CountAsync(context, _refused).ConfigureAwait(false) is { } wait)
        {
            status = _refused.Scope.Rule.StatusCode;
            context.Response.Headers.RetryAfter = RateLimitHeaders.Seconds(wait).ToString(CultureInfo.InvariantCulture);
        }
        else
        {
            LogRefused(kind, status, reason);
        }

        context.Response.StatusCode = status;
        if (RefusedBody.IsComing(context))
            await RefusedBody.ReadAsync(context).ConfigureAwait(false);
    }

    [LoggerMessage(1, LogLevel.Warning,
        "A request that Wix should have signed as {Kind} was refused with {Status}: {Reason}. If Wix has sent it, check Wix:PublicKey and "
        + "Wix:ClientId")]
    private partial void LogRefused(SignedCallKind kind, int status, string reason);
}
