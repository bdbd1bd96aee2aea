using System.Globalization;
using Endpoints.RateLimiting.Enforcing;
using Microsoft.AspNetCore.Http;

namespace Endpoints.RateLimiting.Configured;

/// <summary>Represents a parsed rule of the configuration.</summary>
internal sealed class ConfiguredLimit
{
    /// <param name="rule">The rule.</param>
    /// <param name="place">The rule's place in the configuration, for messages and for its name.</param>
    /// <param name="isRegex"><see langword="true"/> if endpoints are regular expressions; otherwise, <see langword="false"/>.</param>
    /// <param name="by">The partition of the limit.</param>
    /// <param name="route">The function that returns what is counted apart, or null if one counter counts all requests.</param>
    /// <param name="scopes">The existing counters.</param>
    /// <exception cref="FormatException">A setting is invalid; the message names it.</exception>
    public ConfiguredLimit(ConfiguredRule rule, string place, bool isRegex, RateLimitBy by, Func<HttpContext, string?>? route,
        ConfiguredScopes scopes)
    {
        Period = rule.Period;
        Response = rule.QuotaExceededResponse;
        try
        {
            Endpoint = new(rule.Endpoint, isRegex);
        }
        catch (FormatException e)
        {
            throw new FormatException($"{place}:Endpoint: {e.Message}", e);
        }

        var window = Window(rule.Period)
            ?? throw new FormatException(
                $"{place}:Period: '{rule.Period}' is not a period of 1 second to 31 days, such as \"1s\", \"15m\", \"12h\" or \"7d\".");
        if (rule.Limit is < 0 or > int.MaxValue || rule.Limit % 1 != 0)
            throw new FormatException($"{place}:Limit: {rule.Limit.ToString(CultureInfo.InvariantCulture)} is not a whole number from 0.");
        Use = new(scopes.For(
            $"{place.Split(':')[0]} {rule.Endpoint} {rule.Period}",
            new() { Limit = (int)rule.Limit, Window = window, By = by, Key = route, MonitorOnly = rule.MonitorMode },
            place), Cost: 0);
    }

    public ConfiguredEndpoint Endpoint { get; }

    public string Period { get; }

    public ConfiguredResponse? Response { get; }

    public LimitUse Use { get; }

    public RateLimitScope Scope => Use.Scope;

    private static TimeSpan? Window(string period)
    {
        if (period.Length < 2
            || !double.TryParse(period.AsSpan(0, period.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var count))
            return null;
        var seconds = count * period[^1] switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86400,
            _ => 0,
        };
        return seconds is >= 1 and <= 31 * 86400 ? TimeSpan.FromSeconds(seconds) : null;
    }
}
