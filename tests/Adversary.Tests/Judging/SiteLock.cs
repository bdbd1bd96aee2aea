using System.Text.Json;
using Adversary.Tests.Hosting;

namespace Adversary.Tests.Judging;

/// <summary>The callers of each endpoint, according to the reference application's own lock.</summary>
internal sealed class SiteLock
{
    // What the lock can't name: a hub's route, and one that another framework made. They are in it as groups.
    private static readonly Dictionary<string, string[]> Beside = new()
    {
        ["hub"] = ["Member", "User"],
        ["foreign"] = ["User", "App"],
        ["GET /page"] = ["Member"],
        ["POST /page"] = ["Member"],
    };

    private readonly Dictionary<string, string[]> _callers = [];
    private readonly HashSet<string> _checked = [];
    private readonly HashSet<string> _staff = [];

    public SiteLock()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(PublishedSite.Sources, "endpoints.lock.json")));
        foreach (var entry in json.RootElement.GetProperty("endpoints").EnumerateArray())
        {
            var route = entry.GetProperty("route").GetString()!;
            var name = route.StartsWith('/') ? entry.GetProperty("method").GetString() + " " + route : route;
            _callers[name] = [.. entry.GetProperty("callers").EnumerateArray().Select(static kind => kind.GetString()!)];
            if (entry.TryGetProperty("checks", out _))
                _checked.Add(name);
            if (entry.TryGetProperty("policies", out var policies)
                && policies.EnumerateArray().Any(static policy => policy.GetString() == "Staff"))
                _staff.Add(name);
        }
    }

    public IEnumerable<string> Endpoints => _callers.Keys;

    /// <summary>Determines whether an endpoint may act as the app at all.</summary>
    public bool MayElevate(string endpoint) => _callers.ContainsKey(endpoint) || endpoint == "hub";

    /// <summary>Gets the callers of an endpoint, or null if it is open to all.</summary>
    public string[]? Callers(string endpoint) => _callers.GetValueOrDefault(endpoint) ?? Beside.GetValueOrDefault(endpoint);

    /// <summary>Determines whether the resource must belong to the caller.</summary>
    public bool IsChecked(string endpoint) => _checked.Contains(endpoint);

    public bool IsForStaff(string endpoint) => _staff.Contains(endpoint);
}
