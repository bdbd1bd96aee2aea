using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Endpoints.RateLimiting.Configured;

/// <summary>
/// Represents the limits of one pair of sections: <c>IpRateLimiting</c> and <c>IpRateLimitPolicies</c>, or those of clients.
/// </summary>
internal sealed class ConfiguredLimits
{
    private const int MostPeriods = 20;

    private readonly ConfiguredLimit[] _general;
    private readonly (ConfiguredRange? Range, string? Client, ConfiguredLimit[] Limits)[] _policies;
    private readonly ConfiguredRange[] _networks;
    private readonly HashSet<string> _clients;
    private readonly ConfiguredEndpoint[] _endpoints;

    /// <exception cref="FormatException">A setting is invalid; the message names it.</exception>
    private ConfiguredLimits(string name, ConfiguredSection section, IEnumerable<ConfiguredPolicy> policies, string policiesName,
        bool isByClient, ConfiguredScopes scopes)
    {
        Section = section;
        IsByClient = isByClient;
        NeedsCaller = isByClient || section.ClientWhitelist.Count > 0;
        var by = isByClient ? RateLimitBy.Client : RateLimitBy.Address;
        _general = Read(section.GeneralRules, $"{name}:GeneralRules");
        _policies = [.. policies.Select((policy, i) => (
            isByClient ? null : Range(policy.Ip ?? "", $"{policiesName}:{i}:Ip"),
            isByClient ? policy.ClientId : null,
            Read(policy.Rules, $"{policiesName}:{i}:Rules")))];
        _networks = [.. section.IpWhitelist.Select((text, i) => Range(text, $"{name}:IpWhitelist:{i}"))];
        _clients = [.. section.ClientWhitelist];
        Demand(section.QuotaExceededMessage, $"{name}:QuotaExceededMessage");
        Demand(section.QuotaExceededResponse?.Content, $"{name}:QuotaExceededResponse:Content");
        _endpoints = [.. section.EndpointWhitelist.Select((text, i) =>
        {
            try
            {
                return new ConfiguredEndpoint(text, section.EnableRegexRuleMatching);
            }
            catch (FormatException e)
            {
                throw new FormatException($"{name}:EndpointWhitelist:{i}: {e.Message}", e);
            }
        })];

        var periods = _general.Concat(_policies.SelectMany(static policy => policy.Limits)).Select(static limit => limit.Period);
        if (periods.Distinct(StringComparer.Ordinal).Count() > MostPeriods)
            throw new FormatException($"{name}:GeneralRules: there are more than {MostPeriods} different periods.");

        ConfiguredLimit[] Read(IEnumerable<ConfiguredRule> rules, string place) =>
            [.. rules.Select((rule, i) =>
            {
                Demand(rule.QuotaExceededResponse?.Content, $"{place}:{i}:QuotaExceededResponse:Content");
                return new ConfiguredLimit(rule, $"{place}:{i}", section.EnableRegexRuleMatching, by,
                    section.EnableEndpointRateLimiting ? ConfiguredRoute.Of : null, scopes);
            })];
    }

    public ConfiguredSection Section { get; }

    /// <summary>Gets a value that indicates whether it matters who the verified caller is.</summary>
    public bool NeedsCaller { get; }

    /// <summary>Gets a value that indicates whether clients are counted instead of addresses.</summary>
    public bool IsByClient { get; }

    /// <summary>Reads all configured limits.</summary>
    /// <exception cref="FormatException">A setting is invalid; the message names it.</exception>
    public static ConfiguredLimits[] Read(IConfiguration configuration, ConfiguredScopes scopes)
    {
        List<ConfiguredLimits> all = [];
        foreach (var (name, policies, rules, isByClient) in new[] { ("IpRateLimiting", "IpRateLimitPolicies", "IpRules", false),
            ("ClientRateLimiting", "ClientRateLimitPolicies", "ClientRules", true) })
        {
            var section = new ConfiguredSection();
            var own = new List<ConfiguredPolicy>();
            configuration.GetSection(name).Bind(section);
            configuration.GetSection(policies).GetSection(rules).Bind(own);
            if (configuration.GetSection(name).Exists() || own.Count > 0)
                all.Add(new(name, section, own, $"{policies}:{rules}", isByClient, scopes));
        }

        return [.. all];
    }

    /// <summary>
    /// Returns the limits that apply to a request: the shortest period first, or the longest if rejected requests count for it. A client's
    /// own rule replaces the general rules of the same period.
    /// </summary>
    public IReadOnlyList<ConfiguredLimit> For(string verb, string path, IPAddress? address, string? client)
    {
        if ((address is not null && Array.Exists(_networks, network => network.Contains(address)))
            || (client is not null && _clients.Contains(client))
            || Array.Exists(_endpoints, endpoint => endpoint.Matches(verb, path)))
        {
            return [];
        }

        var chosen = new Dictionary<string, ConfiguredLimit>(StringComparer.Ordinal);
        foreach (var policy in _policies)
        {
            if (IsByClient
                ? client is not null && policy.Client == client : address is not null && policy.Range?.Contains(address) == true)
                Choose(policy.Limits, static _ => true);
        }

        var own = chosen.Keys.ToHashSet(StringComparer.Ordinal);
        Choose(_general, period => !own.Contains(period));
        return
        [
            .. Section.StackBlockedRequests
                ? chosen.Values.OrderByDescending(static limit => limit.Scope.Rule.Window)
                : chosen.Values.OrderBy(static limit => limit.Scope.Rule.Window),
        ];

        // What answers GET answers HEAD.
        bool Holds(ConfiguredEndpoint endpoint) =>
            endpoint.Matches(verb, path) || (HttpMethods.IsHead(verb) && endpoint.Matches(HttpMethods.Get, path));

        // The smallest of each period.
        void Choose(ConfiguredLimit[] limits, Func<string, bool> isWanted)
        {
            foreach (var limit in limits)
            {
                if (!isWanted(limit.Period) || !(Section.EnableEndpointRateLimiting ? Holds(limit.Endpoint) : limit.Endpoint.IsStar))
                    continue;
                if (!chosen.TryGetValue(limit.Period, out var other) || limit.Scope.Rule.Limit < other.Scope.Rule.Limit)
                    chosen[limit.Period] = limit;
            }
        }
    }

    private static ConfiguredRange Range(string text, string place)
    {
        try
        {
            return new(text);
        }
        catch (FormatException e)
        {
            throw new FormatException($"{place}: {e.Message}", e);
        }
    }

    // What a text is filled with is its limit, its period and the seconds to wait.
    private static void Demand(string? text, string place)
    {
        try
        {
            if (text is not null && CompositeFormat.Parse(text).MinimumArgumentCount > 3)
                throw new FormatException("Only {0}, {1} and {2} have a meaning.");
        }
        catch (FormatException e)
        {
            throw new FormatException(
                $"{place}: '{text}' is no text with {{0}}, {{1}} and {{2}}, in which other braces are doubled: {{{{ and }}}}.", e);
        }
    }
}
