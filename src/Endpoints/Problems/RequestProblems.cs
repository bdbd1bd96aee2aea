using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Endpoints.Problems;

/// <summary>Provides the problems of routing and binding requests.</summary>
internal static class RequestProblems
{
    public static Problem NotFound { get; } = new("not-found", 404, "No endpoint has this address.");

    public static Problem MethodNotAllowed { get; } = new("method-not-allowed", 405, "The endpoint does not support this method.",
        "See the Allow header for the supported methods.");

    public static Problem CrossSite { get; } = new("cross-site-request", 403, "The request comes from another site.",
        "This endpoint accepts such a request only from pages of its own site and of sites that its CORS policy allows.");

    public static Problem BadRequest { get; } = new("bad-request", 400, "The request can't be read.");

    public static Problem BadHost { get; } = BadRequest with { Detail = "The Host header is not the name of a host." };

    public static Problem BadCookie { get; } =
        BadRequest with { Detail = "A cookie of the request is not the JSON that the endpoint reads." };

    public static Problem BodyTooLarge { get; } = new("body-too-large", 413, "The body is too large.");

    public static Problem UnsupportedMediaType { get; } = new("unsupported-media-type", 415, "The body's content type is not supported.");

    public static Problem FormTooLarge { get; } =
        new("body-too-large", 413, "The body is too large.", "The form has more values, or longer values, than the endpoint accepts.");

    public static Problem BrokenForm { get; } =
        new("bad-request", 400, "The request can't be read.", "The body is not the form that its content type says.");

    public static Problem LargePartHeaders { get; } =
        new("bad-request", 400, "The request can't be read.", "A part of the form has too many headers, or headers that are too long.");

    public static Problem Antiforgery { get; } = new("antiforgery", 400, "The form's antiforgery token is missing or not valid.");

    public static Problem Timeout { get; } = new("request-timeout", 408, "The request arrived too slowly.");

    public static Problem Loop { get; } = new("rewrite-loop", 508, "The request was rewritten too often.");

    /// <summary>Returns the problem of a parameter that can't be bound.</summary>
    /// <param name="parameter">The name of the parameter.</param>
    public static Problem Missing(string parameter) => new(
        "invalid-parameter", 400, "A parameter is missing or has a value of the wrong kind.",
        $"The parameter '{parameter}' is missing or can't be read.")
    {
        Members = new Dictionary<string, object> { ["parameter"] = parameter },
    };

    /// <summary>Returns the problem of values that validation rejected.</summary>
    /// <param name="errors">The errors, by the client's names.</param>
    public static Problem Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        new("validation", 400, "The request has values that are not allowed.") { Errors = errors };

    /// <summary>Gets the problem of a request that could not be counted.</summary>
    public static Problem LimitsUnavailable { get; } = new("limits-unavailable", 503, "The rate limits can't be checked at the moment.",
        "Try again later.")
    {
        Headers = new Dictionary<string, string> { [HeaderNames.CacheControl] = "no-store", [HeaderNames.RetryAfter] = "1" },
    };

    /// <summary>Returns the problem of a request that is over a limit.</summary>
    /// <param name="type">The last part of the problem's type.</param>
    /// <param name="status">The status.</param>
    /// <param name="title">The title.</param>
    /// <param name="detail">The detail.</param>
    /// <param name="retryAfter">The time to wait.</param>
    public static Problem Limited(string type, int status, string title, string? detail, TimeSpan retryAfter) =>
        new(type, status, title, detail)
    {
        Headers = new Dictionary<string, string>
        {
            [HeaderNames.CacheControl] = "no-store",
            [HeaderNames.RetryAfter] = Math.Max(1, (long)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture),
        },
    };

    public static Problem Unhandled { get; } = new("internal-error", 500, "The endpoint failed.");
}
