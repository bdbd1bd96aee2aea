using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Endpoints.Wix.Emulator.Values;

/// <summary>Generates identifiers, secrets and keys: random ones or, with a seed, always the same ones for the same names.</summary>
internal sealed class SecretSource(string? seed)
{
    private readonly byte[]? _seed = seed is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(seed));

    public string Guid(string name) => new Guid(Bytes(name, 16)).ToString();

    public string Text(string name, int bytes) => Base64Url.EncodeToString(Bytes(name, bytes));

    public byte[] Bytes(string name, int count)
    {
        if (_seed is null)
            return RandomNumberGenerator.GetBytes(count);
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, _seed, count, info: Encoding.UTF8.GetBytes(name));
    }
}
