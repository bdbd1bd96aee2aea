using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using Endpoints.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Endpoints.Wix.Problems;

/// <summary>The problem documents of this library; <c>docs/problems.md</c> lists them. None says more than the caller may know.</summary>
internal static class WixProblems
{
    // What Wix wrote is not passed on, but for codes that say no more than the status does.
    private static readonly FrozenSet<string> PublicCodes = new[]
    {
        "PERMISSION_DENIED", "UNAUTHENTICATED", "FORBIDDEN", "NOT_FOUND", "INVALID_ARGUMENT", "FAILED_PRECONDITION", "ALREADY_EXISTS",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(5);

    public static Problem NotAuthenticated { get; } = Final(
        "not-authenticated", 401, "The endpoint is not open to anonymous callers.", "Log in, or send a Wix access token in the Authorization header.", "Bearer");

    public static Problem TokenNotAccepted { get; } = Final(
        "token-not-accepted", 401, "The access token is not accepted.", "Send one Wix access token, issued for this application and not expired.", "Bearer error=\"invalid_token\"");

    public static Problem SessionEnded { get; } = Final("session-ended", 401, "The session has ended.", "Log in again.", "Bearer");

    public static Problem CallerNotAllowed { get; } = Final("caller-not-allowed", 403, "The endpoint is not open to this caller.");

    /// <summary>What an endpoint's check does not allow: the same for what there is not.</summary>
    public static Problem NotYours { get; } = Final("resource-not-found", 404, "There is no such thing for this caller.");

    public static Problem CrossSite { get; } = Final(
        "cross-site-session", 403, "A change must come from one of the site's own pages.",
        "Browsers send cookies, passwords and certificates with any site's requests. Send it from a page of this site, or with an access token in the Authorization header.");

    /// <summary>Wix could not be asked.</summary>
    public static Problem Unavailable(TimeSpan? retryAfter) => Later(
        "wix-unavailable", StatusCodes.Status503ServiceUnavailable, "Wix does not answer at the moment.", "Try again later.", retryAfter);

    /// <summary>The client or the caller is over the endpoint's limit.</summary>
    public static Problem RateLimited(TimeSpan? retryAfter) => Later(
        "rate-limited", StatusCodes.Status429TooManyRequests, "Too many requests.", "Wait as long as the Retry-After header says.", retryAfter);

    /// <summary>What an exception is to the client where nothing handles it; null for one that is none of this library's.</summary>
    public static Problem? Of(Exception exception) => exception switch
    {
        IProblemException known => known.Problem,
        WixApiException refused => For(refused),
        WixUnavailableException { IsRateLimit: true } limited => RateLimited(limited.RetryAfter),
        WixUnavailableException unavailable => Unavailable(unavailable.RetryAfter),
        _ => null,
    };

    /// <summary>What an endpoint answers that does not handle Wix's refusal.</summary>
    public static Problem For(WixApiException exception)
    {
        if (exception.Status == HttpStatusCode.TooManyRequests)
            return Unavailable(exception.RetryAfter);

        // The app's own lack of rights is not the caller's.
        var (type, status, title) = exception.Status switch
        {
            _ when exception.IsTokenRefusal => ("wix-failed", 502, "Wix could not carry the call out."),
            HttpStatusCode.BadRequest => ("wix-bad-request", 400, "Wix found fault with the request."),
            HttpStatusCode.NotFound => ("wix-not-found", 404, "Wix has no such thing."),
            HttpStatusCode.Unauthorized when !exception.IsElevated => ("wix-unauthorized", 401, "Wix does not accept the caller's token."),
            HttpStatusCode.Forbidden when !exception.IsElevated => ("wix-forbidden", 403, "Wix does not let this caller do that."),
            _ => ("wix-failed", 502, "Wix could not carry the call out."),
        };
        var detail = status == 403
            ? "The call was made as the caller, who lacks the permission for it. An endpoint with [Elevate] can make it as the app."
            : null;
        var members = new Dictionary<string, object>();
        if (exception.ApplicationErrorCode is { } code && PublicCodes.Contains(code) && status != 502)
            members["code"] = code;
        if (exception.RequestId is { } requestId)
            members["wixRequestId"] = requestId;
        return Final(type, status, title, detail, status == 401 ? "Bearer" : null) with { Members = members.Count == 0 ? null : members };
    }

    /// <summary>A problem that asking again does not mend.</summary>
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
