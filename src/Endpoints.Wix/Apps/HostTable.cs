using System.Collections.Frozen;
using Endpoints.Origins;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Wix.Apps;

/// <summary>Determines the app of a host name.</summary>
/// <remarks>
/// A name matches as with <c>RequireHost</c> of ASP.NET Core, letter case aside. An exact name comes before a wildcard, a longer wildcard
/// before a shorter one, and a name with a port before the same without one.
/// </remarks>
internal sealed class HostTable
{
    private readonly FrozenDictionary<string, (HostPattern Pattern, WixApp App)[]> _names;
    private readonly (HostPattern Pattern, WixApp App)[] _wildcards;

    /// <exception cref="InvalidOperationException">Two apps have the same host.</exception>
    public HostTable(IEnumerable<(HostPattern Pattern, WixApp App)> hosts)
    {
        var all = new Dictionary<HostPattern, WixApp>();
        foreach (var (pattern, app) in hosts)
        {
            if (!all.TryAdd(pattern, app) && all[pattern] != app)
            {
                throw new InvalidOperationException(
                    $"The host '{pattern}' belongs to {all[pattern]} and to {app}. Remove it from the setting Hosts of one of them.");
            }
        }

        var sorted = all.Select(static one => (Pattern: one.Key, App: one.Value)).OrderByDescending(static one => one.Pattern.Host.Length)
            .ThenBy(static one => one.Pattern.Port is null).ToLookup(static one => one.Pattern.IsWildcard);
        _names = sorted[false].GroupBy(static one => one.Pattern.Host).ToFrozenDictionary(static one => one.Key,
            static one => one.ToArray(), StringComparer.Ordinal);
        _wildcards = [.. sorted[true]];
        IsEmpty = all.Count == 0;
    }

    public bool IsEmpty { get; }

    /// <summary>Returns the app of a request's host; <see langword="null"/> if it belongs to none.</summary>
    public WixApp? Find(HttpRequest request)
    {
        if (IsEmpty || RequestHost.Of(request) is not { } sent || HostPattern.Canonical(sent.Host) is not { } host)
            return null;
        var port = sent.Port ?? (request.IsHttps ? 443 : 80);
        return Find(_names.GetValueOrDefault(host) ?? [], host, port) ?? Find(_wildcards, host, port);
    }

    private static WixApp? Find((HostPattern Pattern, WixApp App)[] among, string host, int port)
    {
        foreach (var (pattern, app) in among)
        {
            if (pattern.Matches(host, port))
                return app;
        }

        return null;
    }
}
