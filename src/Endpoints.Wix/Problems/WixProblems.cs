using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using Endpoints.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Endpoints.Wix.Problems;

/// <summary>
/// Provides the problem documents of this library; <c>docs/problems.md</c> lists them. None reveals more than the caller may know.
/// </summary>
internal static class WixProblems
{
    // Where the status alone may tell of what is not the caller's, codes that say no more than it does.
    private static readonly FrozenSet<string> PublicCodes = new[]
    {
        "PERMISSION_DENIED", "UNAUTHENTICATED", "FORBIDDEN", "NOT_FOUND", "INVALID_ARGUMENT", "FAILED_PRECONDITION", "ALREADY_EXISTS",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly (string Type, int Status, string Title) Failed = ("wix-failed", 502, "The call to Wix failed.");

    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(5);

    public static Problem NotAuthenticated { get; } = Final(
        "not-authenticated", 401, "The endpoint is not open to anonymous callers.",
        "Log in, or send a Wix access token in the Authorization header.", "Bearer");

    public static Problem TokenNotAccepted { get; } = Final(
        "token-not-accepted", 401, "The access token is not accepted.",
        "Send one Wix access token, issued for this application and not expired.", "Bearer error=\"invalid_token\"");

    public static Problem SessionEnded { get; } = Final("session-ended", 401, "The session has ended.", "Log in again.", "Bearer");

    public static Problem CallerNotAllowed { get; } = Final("caller-not-allowed", 403, "The endpoint is not open to this caller.");

    /// <summary>
    /// Gets the problem for a resource that an endpoint's check does not allow. A resource that does not exist has the same problem.
    /// </summary>
    public static Problem NotYours { get; } = Final("resource-not-found", 404, "Resource not found.");

    public static Problem CrossSite { get; } = Final(
        "cross-site-session", 403, "A change must come from one of the site's own pages.",
        "Browsers send cookies, passwords and certificates with requests from any site, and nothing distinguishes this request from those. "
        + "Send it from a page of this site, with an access token in the Authorization header or, from a program, with this site's "
            + "address as Origin.");

    /// <summary>Returns the problem for a request that requires an answer from Wix, which could not be asked.</summary>
    public static Problem Unavailable(TimeSpan? retryAfter) => Later(
        "wix-unavailable", StatusCodes.Status503ServiceUnavailable, "Wix is not responding at the moment.", "Try again later.", retryAfter);

    /// <summary>Returns the problem for a client or caller that exceeds the endpoint's limit.</summary>
    public static Problem RateLimited(TimeSpan? retryAfter) => RequestProblems.Limited(
        "rate-limited", StatusCodes.Status429TooManyRequests, "Too many requests.", "Retry after the time in the Retry-After header.",
        retryAfter ?? DefaultRetryAfter);

    /// <summary>
    /// Returns the problem for an unhandled exception; <see langword="null"/> for an exception that is not one of this library's.
    /// </summary>
    public static Problem? Of(Exception exception) => exception switch
    {
        IProblemException known => known.Problem,
        WixApiException refused => For(refused),
        WixUnavailableException { IsRateLimit: true } limited => RateLimited(limited.RetryAfter),
        WixUnavailableException unavailable => Unavailable(unavailable.RetryAfter),
        _ => null,
    };

    /// <summary>Returns the problem for a refusal of Wix's that an endpoint does not handle.</summary>
    public static Problem For(WixApiException exception)
    {
        if (exception.Status == HttpStatusCode.TooManyRequests)
            return Unavailable(exception.RetryAfter);
        if (exception.IsOfCaller)
            return CallerNotAllowed; // as if this node had been told that the app was removed

        // What Wix says of the request or of what it is about is the caller's matter. The app's own lack of rights, and a call that was
        // made in the wrong way, are not.
        var (type, status, title) = exception.Status switch
        {
            _ when exception.IsTokenRefusal => Failed,
            HttpStatusCode.BadRequest => ("wix-bad-request", 400, "Wix rejected the request."),
            HttpStatusCode.NotFound => ("wix-not-found", 404, "The resource does not exist in Wix."),
            HttpStatusCode.Conflict => ("wix-conflict", 409, "The request conflicts with the current state of the resource in Wix."),
            HttpStatusCode.Gone => ("wix-gone", 410, "The resource no longer exists in Wix."),
            HttpStatusCode.PreconditionFailed =>
                ("wix-precondition-failed", 412, "The resource in Wix is not in the state that the request requires."),
            HttpStatusCode.RequestEntityTooLarge => ("wix-content-too-large", 413, "The request is too large for Wix."),
            HttpStatusCode.UnprocessableEntity => ("wix-unprocessable", 422, "Wix cannot process the values in the request."),
            HttpStatusCode.Locked => ("wix-locked", 423, "The resource in Wix is locked."),
            HttpStatusCode.FailedDependency =>
                ("wix-failed-dependency", 424, "Wix could not process the request because another request failed."),
            HttpStatusCode.PreconditionRequired => ("wix-precondition-required", 428, "Wix requires the request to be conditional."),
            HttpStatusCode.UnavailableForLegalReasons =>
                ("wix-unavailable-for-legal-reasons", 451, "The resource in Wix is not available for legal reasons."),
            HttpStatusCode.Unauthorized when !exception.IsElevated => ("wix-unauthorized", 401, "Wix does not accept the caller's token."),
            HttpStatusCode.Forbidden when !exception.IsElevated =>
                ("wix-forbidden", 403, "Wix does not allow this caller to make the call."),
            _ => Failed,
        };
        var detail = status == 403
            ? "The call was made as the caller, who lacks the permission for it. An endpoint with [Elevate] can make it as the app."
            : null;
        var members = new Dictionary<string, object>();
        if (exception.ApplicationErrorCode is { } code && status != 502
            && (status is not (400 or 401 or 403 or 404) || PublicCodes.Contains(code)))
            members["code"] = code;
        if (exception.RequestId is { } requestId)
            members["wixRequestId"] = requestId;
        return Final(type, status, title, detail, status == 401 ? "Bearer" : null) with { Members = members.Count == 0 ? null : members };
    }

    /// <summary>Creates a problem that a retry does not resolve.</summary>
    public static Problem Final(string type, int status, string title, string? detail = null, string? challenge = null)
    {
        var headers = new Dictionary<string, string> { [HeaderNames.CacheControl] = "no-store" };
        if (challenge is not null)
            headers[HeaderNames.WWWAuthenticate] = challenge;
        return new(type, status, title, detail) { Headers = headers };
    }

    private static Problem Later(string type, int status, string title, string detail, TimeSpan? retryAfter)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling((retryAfter ?? DefaultRetryAfter).TotalSeconds));
        return new(type, status, title, detail)
        {
            Headers = new Dictionary<string, string>
            {
                [HeaderNames.CacheControl] = "no-store",
                [HeaderNames.RetryAfter] = seconds.ToString(CultureInfo.InvariantCulture),
            },
        };
    }
}
