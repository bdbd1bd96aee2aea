using System.Security.Cryptography;
using Endpoints.Wix.Options;

namespace Endpoints.Wix.ServiceCallers;

/// <summary>Recognizes the keys of the services in the current configuration.</summary>
/// <remarks>
/// Thread-safe. A key is compared with every other, each in constant time: how long that takes says nothing about the keys.
/// </remarks>
internal sealed class ServiceRegistry(ILiveOptions<WixOptions> live, TimeProvider time) : IServiceKeys
{
    private volatile Read _read = new(null, []);

    public IReadOnlyList<KnownService> All => Current();

    public KnownService? Find(ReadOnlySpan<char> key)
    {
        if (!ServiceKeyText.Is(key))
            return null;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        ServiceKeyText.Hash(key, hash);
        return Find(hash);
    }

    public KnownService? Again(KnownService known) => Find(known.Hash) is { } now && now.Name == known.Name ? now : null;

    private KnownService? Find(ReadOnlySpan<byte> hash)
    {
        KnownService? found = null;
        foreach (var service in Current())
        {
            if (CryptographicOperations.FixedTimeEquals(service.Hash, hash))
                found = service;
        }

        return found?.ExpiresAt <= time.GetUtcNow() ? null : found;
    }

    private KnownService[] Current()
    {
        var now = live.Now;
        var read = _read;
        if (!ReferenceEquals(read.Of, now))
            _read = read = new(now, [.. now.Services.SelectMany(static service => Keys(service.Key, service.Value))]);
        return read.Keys;
    }

    // They are validated.
    private static IEnumerable<KnownService> Keys(string name, WixServiceOptions service)
    {
        var scope = ServiceScope.TryParse(service.Endpoints, out var flaw) ?? throw new InvalidOperationException(flaw);
        return service.Keys.Select(key => new KnownService(name, ServiceKeyText.ParseHash(key.Hash)!, key.ExpiresAt,
            string.IsNullOrWhiteSpace(service.InstanceId) ? null : service.InstanceId.Trim(), scope));
    }

    private sealed record Read(WixOptions? Of, KnownService[] Keys);
}
