using System.Globalization;
using System.Text;
using Endpoints.Origins;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Endpoints.RateLimiting.Enforcing;

/// <summary>
/// Writes the limits that clients may see: the fields of draft-ietf-httpapi-ratelimit-headers, and those of AspNetCoreRateLimit.
/// </summary>
internal static class RateLimitHeaders
{
    private static readonly string[] Exposed = ["Retry-After", "RateLimit", "RateLimit-Policy"];
    private static readonly string[] LegacyExposed = [.. Exposed, "X-Rate-Limit-Limit", "X-Rate-Limit-Remaining", "X-Rate-Limit-Reset"];

    /// <param name="context">The HTTP context of the request.</param>
    /// <param name="uses">The limits that were checked.</param>
    /// <param name="name">The name of the limit to report.</param>
    /// <param name="rule">The rule of this limit.</param>
    /// <param name="verdict">The decision.</param>
    /// <param name="legacy">The clock for the fields of AspNetCoreRateLimit, or null to omit them.</param>
    /// <param name="period">The rule's window as it was written, or null.</param>
    public static void Add(HttpContext context, LimitUse[] uses, string name, RateLimitRule rule, in RateLimitVerdict verdict,
        TimeProvider? legacy, string? period = null)
    {
        var headers = context.Response.Headers;
        var wait = verdict.IsAdmitted ? verdict.Reset : verdict.RetryAfter;
        if (rule.Limiter is null)
        {
            headers["RateLimit-Policy"] = Policies(uses);
            headers["RateLimit"] = $"{Quoted(name)};r={Number(verdict.Remaining)};t={Number(Seconds(wait))}";
            if (legacy is not null)
            {
                headers["X-Rate-Limit-Limit"] = period ?? Period(rule.Window);
                headers["X-Rate-Limit-Remaining"] = Number(verdict.Remaining);
                headers["X-Rate-Limit-Reset"] = (legacy.GetUtcNow() + wait).UtcDateTime.ToString("o", CultureInfo.InvariantCulture);
            }
        }

        if (context.Request.Headers.Origin.Count > 0)
            Expose(context, legacy is null ? Exposed : LegacyExposed);
    }

    // What a policy exposes replaces what is in the response.
    private static void Expose(HttpContext context, string[] names)
    {
        if (context.Features.Get<AppliedCors>() is not { Result: { IsOriginAllowed: true } result })
        {
            context.Response.Headers.AppendCommaSeparatedValues(HeaderNames.AccessControlExposeHeaders, names);
            return;
        }

        foreach (var name in names)
        {
            if (!result.AllowedExposedHeaders.Contains(name, StringComparer.OrdinalIgnoreCase))
                result.AllowedExposedHeaders.Add(name);
        }
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
            if (rule.Algorithm == RateLimitAlgorithm.Concurrency)
                text.Append(";qu=\"concurrent-requests\"");
            else
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
