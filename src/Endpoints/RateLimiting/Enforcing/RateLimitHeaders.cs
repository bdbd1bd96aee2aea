using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Endpoints.RateLimiting.Enforcing;

/// <summary>
/// Writes the limits that clients may see: the fields of draft-ietf-httpapi-ratelimit-headers, and those of AspNetCoreRateLimit.
/// </summary>
internal static class RateLimitHeaders
{
    private const string Exposed = "Retry-After, RateLimit, RateLimit-Policy";
    private static readonly string[] Names =
        ["Retry-After", "RateLimit", "RateLimit-Policy", "X-Rate-Limit-Limit", "X-Rate-Limit-Remaining", "X-Rate-Limit-Reset"];

    private const string LegacyExposed = Exposed + ", X-Rate-Limit-Limit, X-Rate-Limit-Remaining, X-Rate-Limit-Reset";

    /// <param name="context">The HTTP context of the request.</param>
    /// <param name="uses">The limits that were checked.</param>
    /// <param name="name">The name of the limit to report.</param>
    /// <param name="rule">The rule of this limit.</param>
    /// <param name="verdict">The decision.</param>
    /// <param name="legacy">The clock for the fields of AspNetCoreRateLimit, or null to omit them.</param>
    public static void Add(HttpContext context, LimitUse[] uses, string name, RateLimitRule rule, in RateLimitVerdict verdict,
        TimeProvider? legacy)
    {
        var headers = context.Response.Headers;
        var wait = verdict.IsAdmitted ? verdict.Reset : verdict.RetryAfter;
        if (rule.Limiter is null)
        {
            headers["RateLimit-Policy"] = Policies(uses);
            headers["RateLimit"] = $"{Quoted(name)};r={Number(verdict.Remaining)};t={Number(Seconds(wait))}";
            if (legacy is not null)
            {
                headers["X-Rate-Limit-Limit"] = Period(rule.Window);
                headers["X-Rate-Limit-Remaining"] = Number(verdict.Remaining);
                headers["X-Rate-Limit-Reset"] = (legacy.GetUtcNow() + wait).UtcDateTime.ToString("o", CultureInfo.InvariantCulture);
            }
        }

        if (context.Request.Headers.Origin.Count > 0)
            headers.Append("Access-Control-Expose-Headers", legacy is null ? Exposed : LegacyExposed);
    }

    /// <summary>Lets pages of other origins read the fields that a response has, besides those that are exposed already.</summary>
    public static void Expose(HttpResponse response)
    {
        var exposed = response.Headers.GetCommaSeparatedValues(HeaderNames.AccessControlExposeHeaders).ToList();
        foreach (var name in Names)
        {
            if (response.Headers.ContainsKey(name) && !exposed.Contains(name, StringComparer.OrdinalIgnoreCase))
                exposed.Add(name);
        }

        if (exposed.Count > 0)
            response.Headers.AccessControlExposeHeaders = string.Join(", ", exposed);
    }

    /// <summary>Returns a time in whole seconds, rounded up, at least 1.</summary>
    public static long Seconds(TimeSpan time) => Math.Max(1, (long)Math.Ceiling(time.TotalSeconds));

    private static string Policies(LimitUse[] uses)
    {
        var text = new StringBuilder();
        foreach (var use in uses)
        {
            var rule = use.Scope.Rule;
            if (rule.Limiter is not null)
                continue;
            text.Append(text.Length == 0 ? "" : ", ").Append(Quoted(use.Scope.Name)).Append(";q=").Append(Number(rule.Capacity));
            if (rule.Algorithm != RateLimitAlgorithm.Concurrency)
                text.Append(";w=").Append(Number(Seconds(rule.Window)));
        }

        return text.ToString();
    }

    // A string of structured fields: what it can't hold is left out.
    private static string Quoted(string name)
    {
        var text = new StringBuilder("\"");
        foreach (var c in name)
        {
            if (c is '"' or '\\')
                text.Append('\\').Append(c);
            else if (c is >= ' ' and <= '~')
                text.Append(c);
        }

        return text.Append('"').ToString();
    }

    private static string Period(TimeSpan window) => window switch
    {
        { TotalDays: >= 1 } when window.Ticks % TimeSpan.TicksPerDay == 0 => Number(window.Ticks / TimeSpan.TicksPerDay) + "d",
        { TotalHours: >= 1 } when window.Ticks % TimeSpan.TicksPerHour == 0 => Number(window.Ticks / TimeSpan.TicksPerHour) + "h",
        { TotalMinutes: >= 1 } when window.Ticks % TimeSpan.TicksPerMinute == 0 => Number(window.Ticks / TimeSpan.TicksPerMinute) + "m",
        _ => Number(Seconds(window)) + "s",
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
