using System.Security.Cryptography;
using System.Text;
using Endpoints.Wix.Tokens;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Sharing;

/// <summary>
/// Shares the app's tokens between the nodes of an application through its distributed cache, if it has one. A token that one node has
/// minted serves all.
/// </summary>
/// <remarks>
/// Thread-safe. A key is the SHA-256 of Wix's address and the whole <see cref="TokenKey"/>; a value is encrypted with Data Protection for
/// its key, so that an entry that was moved is a miss like any other that can't be read. A token comes from here until it is due for
/// renewal, and longer only while Wix can't be asked.
/// </remarks>
internal sealed class SharedAppTokens : IAppTokenSource
{
    private readonly IAppTokenSource _source;
    private readonly SharedCache _cache;
    private readonly IDataProtector _protector;
    private readonly TimeProvider _time;
    private readonly RenewalMargin _margin;
    private readonly string _origin;

    public SharedAppTokens(IAppTokenSource source, SharedCache cache, IDataProtectionProvider protection, IOptions<WixOptions> options,
        TimeProvider time)
    {
        _source = source;
        _cache = cache;
        _protector = protection.CreateProtector("Endpoints.Wix.AppToken", "v1");
        _time = time;
        _margin = new(options.Value.RenewBefore);
        _origin = options.Value.ApiBaseAddress.GetLeftPart(UriPartial.Authority);
    }

    public async Task<IssuedToken> IssueAsync(TokenKey key, AccessToken? refused, CancellationToken ct)
    {
        if (!_cache.IsOn)
            return await _source.IssueAsync(key, refused, ct).ConfigureAwait(false);

        var name = Name(key);
        var work = _cache.Begin();
        var shared = await FindAsync(work, name, refused).ConfigureAwait(false);
        if (shared is not null && _time.GetUtcNow() < _margin.Begins(shared))
            return shared;
        try
        {
            var issued = await _source.IssueAsync(key, refused, ct).ConfigureAwait(false);
            await work.SetAsync(name, () => Protect(name, issued), issued.ExpiresAt - _time.GetUtcNow()).ConfigureAwait(false);
            return issued;
        }
        catch (WixUnavailableException) when (shared is not null)
        {
            return shared;
        }
    }

    private async Task<IssuedToken?> FindAsync(SharedCache.Work work, string name, AccessToken? refused) =>
        await work.FindAsync(name).ConfigureAwait(false) is { } bytes
        && Unprotect(name, bytes) is { } shared
        && _time.GetUtcNow() < shared.ExpiresAt
        && !shared.Token.Equals(refused)
            ? shared
            : null;

    private string Name(TokenKey key) => SharedTokenName.Of(_origin, key);

    private byte[] Protect(string name, IssuedToken issued)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8))
        {
            writer.Write(issued.IssuedAt.UtcTicks);
            writer.Write(issued.ExpiresAt.UtcTicks);
            writer.Write(issued.Token.Reveal());
        }

        return _protector.CreateProtector(name).Protect(bytes.ToArray());
    }

    private IssuedToken? Unprotect(string name, byte[] bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(_protector.CreateProtector(name).Unprotect(bytes)), Encoding.UTF8);
            var issuedAt = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
            var expiresAt = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
            return new(new(reader.ReadString()), issuedAt, expiresAt, RefreshToken: null);
        }
        catch (Exception e) when (e is CryptographicException or IOException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
