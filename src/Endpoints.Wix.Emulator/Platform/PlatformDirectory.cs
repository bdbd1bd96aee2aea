using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Endpoints.Wix.Emulator.Platform;

/// <summary>Holds the sites, apps and API keys of the accounts. They are added and never removed while the emulator runs.</summary>
internal sealed class PlatformDirectory
{
    private readonly ConcurrentDictionary<string, EmulatedSite> _sites = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, EmulatedApp> _apps = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, EmulatedApiKey> _keys = new(StringComparer.Ordinal);

    public IReadOnlyCollection<EmulatedSite> Sites => [.. _sites.Values];

    public IReadOnlyCollection<EmulatedApp> Apps => [.. _apps.Values];

    public void Add(EmulatedSite site)
    {
        if (!_sites.TryAdd(site.Id, site))
            throw new ArgumentException($"There is a site with the id '{site.Id}' already.");
    }

    public void Add(EmulatedApp app)
    {
        if (!_apps.TryAdd(app.ClientId, app))
            throw new ArgumentException($"There is an app with the client id '{app.ClientId}' already.");
    }

    public void Add(EmulatedApiKey key)
    {
        if (_keys.Values.Any(k => k.Name == key.Name))
            throw new ArgumentException($"There is an API key called '{key.Name}' already.");
        if (!_keys.TryAdd(Hash(key.Value), key))
            throw new ArgumentException("There is an API key with this value already.");
    }

    public EmulatedSite? FindSite(string? id) => id is null ? null : _sites.GetValueOrDefault(id);

    public EmulatedApp? FindApp(string? clientId) => clientId is null ? null : _apps.GetValueOrDefault(clientId);

    public EmulatedApiKey? FindKey(string value) => _keys.GetValueOrDefault(Hash(value));

    public EmulatedApiKey? FindKeyByName(string name) => _keys.Values.FirstOrDefault(k => k.Name == name);

    public EmulatedApp? FindAppBySecret(string secret)
    {
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(secret));
        EmulatedApp? found = null;
        foreach (var app in _apps.Values)
        {
            if (CryptographicOperations.FixedTimeEquals(given, SHA256.HashData(Encoding.UTF8.GetBytes(app.ClientSecret))))
                found = app;
        }

        return found;
    }

    public static bool SecretIs(EmulatedApp app, string? secret) =>
        secret is not null && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(secret)), SHA256.HashData(Encoding.UTF8.GetBytes(app.ClientSecret)));

    private static string Hash(string value) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
}
