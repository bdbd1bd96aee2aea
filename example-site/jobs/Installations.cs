using System.Collections.Concurrent;

namespace ExampleSite.Jobs;

/// <summary>Keeps the app's instances, which Wix tells of. An app that is published keeps them in its database.</summary>
public sealed class Installations(IConfiguration configuration)
{
    private readonly ConcurrentDictionary<string, bool> _instances = new(
        new[] { configuration["Wix:InstanceId"] }.OfType<string>().Select(static id => KeyValuePair.Create(id, true)));

    public IEnumerable<string> All => _instances.Keys.Order(StringComparer.Ordinal);

    public void Add(string instanceId) => _instances.TryAdd(instanceId, true);

    public void Remove(string instanceId) => _instances.TryRemove(instanceId, out _);
}
